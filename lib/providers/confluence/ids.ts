import { z } from 'zod'
import { Query } from '#lib/providers/atlassian-query.ts'
import { siteCodec } from '#lib/providers/atlassian-site.ts'

/** A space is named by its key, as links and searches name it; a person's own begins with a tilde. */
const SpaceKey = z.string().regex(/^~?[A-Za-z0-9_-]{1,255}$/)
/** Numbers of pages are longer than any counter holds exactly, so they stay text. */
const PageNumber = z.string().regex(/^\d{1,20}$/)
/** A key may be all digits, so that what pages are listed in says which it is. */
const Place = z.string().regex(/^(?:space\.~?[A-Za-z0-9_-]{1,255}|\d{1,20})$/)

const KEY = 'space.'
const Space = z
  .string()
  .startsWith(KEY)
  .refine((name) => SpaceKey.safeParse(name.slice(KEY.length)).success)

/** Its names are keys behind `space.`. */
export const SpaceId = siteCodec(Space)
export const PageId = siteCodec(PageNumber)
export const PlaceId = siteCodec(Place)
export const SearchId = siteCodec(Query)

/** A space's part of an id, made of its key. */
export const nameOfSpace = (key: string): string => KEY + key
/** The key of a space out of the name of a place; null for a page. */
export const keyIn = (place: string): string | null => (place.startsWith(KEY) ? place.slice(KEY.length) : null)
