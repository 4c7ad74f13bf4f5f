import { z } from 'zod'

/** An address a browser may open. */
const WebUrl = z.string().refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''))

/** Text in pieces; only what it says is kept (developers.notion.com/reference/rich-text). */
export const RichText = z
  .array(z.object({ plain_text: z.string().catch('') }))
  .nullish()
  .catch(null)
  .transform((pieces) => (pieces ?? []).map(({ plain_text }) => plain_text).join(''))

const Id = z.string().optional().catch(undefined)

/** What a thing is in (developers.notion.com/reference/parent-object). */
export const Parent = z.object({
  type: z.string(),
  page_id: Id,
  block_id: Id,
  data_source_id: Id,
  database_id: Id,
})
export type Parent = z.infer<typeof Parent>

// until 2026-03-11 what is in the trash was called archived (developers.notion.com/reference/changes-by-version)
const trash = { in_trash: z.boolean().optional(), archived: z.boolean().optional() }
/** Whether somebody threw it away. */
export const isTrashed = ({ in_trash, archived }: { in_trash?: boolean | undefined; archived?: boolean | undefined }) =>
  in_trash ?? archived ?? false

const Property = z.looseObject({ type: z.string() })

/** A page, which is also what a row of a database is (developers.notion.com/reference/page). */
export const PageObject = z.object({
  object: z.literal('page'),
  id: z.string(),
  url: WebUrl,
  parent: Parent,
  properties: z.record(z.string(), Property.nullable().catch(null)).catch({}),
  last_edited_time: z.string().nullish(),
  last_edited_by: z.object({ id: z.string() }).nullish().catch(null),
  ...trash,
})
export type PageObject = z.infer<typeof PageObject>

/** A table; a database may hold several (developers.notion.com/reference/data-source). */
export const DataSource = z.object({
  object: z.literal('data_source'),
  id: z.string(),
  title: RichText,
  description: RichText,
  parent: Parent,
  database_parent: Parent.nullish().catch(null),
  url: WebUrl.nullish().catch(null),
  last_edited_time: z.string().nullish(),
  ...trash,
})
export type DataSource = z.infer<typeof DataSource>

/** A database (developers.notion.com/reference/database). */
export const Database = z.object({
  object: z.literal('database'),
  id: z.string(),
  title: RichText,
  description: RichText,
  parent: Parent,
  url: WebUrl,
  data_sources: z
    .array(z.object({ id: z.string(), name: z.string().nullish() }))
    .nullish()
    .catch(null),
  last_edited_time: z.string().nullish(),
  ...trash,
})
export type Database = z.infer<typeof Database>

/** A page of a list. One of its things that cannot be read is left out and costs none of the others. */
export const listOf = <T>(item: z.ZodType<T>) =>
  z.object({
    results: z
      .array(item.nullable().catch(null))
      .transform((found) => found.flatMap((one) => (one === null ? [] : [one]))),
    has_more: z.boolean().optional(),
    next_cursor: z.string().nullish(),
  })

/** What leads to the next page of a list. */
export const nextOf = ({
  has_more,
  next_cursor,
}: {
  has_more?: boolean | undefined
  next_cursor?: string | null | undefined
}) => (has_more && next_cursor ? next_cursor : undefined)
