import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'

/** What Drive calls a file: letters, digits, - and _. An address may show a key besides, which some older shares ask for. */
const FileName = z.string().regex(/^[A-Za-z0-9_-]{8,120}$/)
const ResourceKey = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/)
const Query = z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/)

export type FileRef = { file: string; key?: string }

const BETWEEN = '~'

/** The id of a document; null where the names cannot be Drive's. */
export function writeDocumentId({ file, key }: { file: string; key?: string | null | undefined }): string | null {
  if (!FileName.safeParse(file).success) return null
  return key && ResourceKey.safeParse(key).success ? `${file}${BETWEEN}${key}` : file
}

/** Which file an id names. Throws ProviderFailure `not_found` for an id that is none of ours. */
export function readDocumentId(id: string): FileRef {
  const [file = '', key, more] = id.split(BETWEEN)
  const isOurs = FileName.safeParse(file).success && (key === undefined || ResourceKey.safeParse(key).success)
  if (!isOurs || more !== undefined) throw new ProviderFailure('not_found')
  return { file, ...(key === undefined ? {} : { key }) }
}

const MAX_WORDS = 1000

/** What is looked for, as an id; null for nothing, and for more than anybody types. */
export function writeSearchId(typed: string): string | null {
  const words = typed.trim()
  return words === '' || Buffer.byteLength(words) > MAX_WORDS ? null : Buffer.from(words).toString('base64url')
}

/** The other way; throws ProviderFailure `not_found` for an id that is none of ours. */
export function readSearchId(id: string): string {
  const words = Query.safeParse(id).success ? Buffer.from(id, 'base64url').toString('utf8') : ''
  if (writeSearchId(words) !== id) throw new ProviderFailure('not_found')
  return words
}
