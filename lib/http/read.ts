import type { ZodType, z } from 'zod'
import { type FieldError, Problem } from '#lib/platform/problem.ts'

const MAX_BODY_BYTES = 1_000_000
/** U+0000 as JSON writes it, after an even number of backslashes: PostgreSQL cannot keep it (its manual, s.8.3). */
const nulCharacter = /(?<!\\)(?:\\\\)*\\u0000/

function toErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.map(({ path, message }) => ({ pointer: `/${path.map(String).join('/')}`, detail: message }))
}

function parseOr<T>(schema: ZodType<T> | undefined, value: unknown, refuse: (errors: FieldError[]) => Problem): T {
  if (!schema) return undefined as T // no schema means the handler does not look at it
  const parsed = schema.safeParse(value)
  if (parsed.success && !nulCharacter.test(JSON.stringify(value) ?? '')) return parsed.data
  if (parsed.success) throw refuse([{ pointer: '', detail: 'Remove the character U+0000.' }])
  throw refuse(toErrors(parsed.error.issues))
}

const refuseFields = (errors: FieldError[]) =>
  new Problem('fields-not-accepted', errors.map(({ detail }) => detail).join(' '), { errors })

/** Path parameters; one that cannot name anything reads like an unknown one. */
export const readParams = <T>(schema: ZodType<T> | undefined, raw: object): T =>
  parseOr(schema, raw, () => new Problem('not-found'))

/** The query, repeated names as the last value. */
export const readQuery = <T>(schema: ZodType<T> | undefined, url: URL): T =>
  parseOr(schema, Object.fromEntries(url.searchParams), refuseFields)

/** A JSON body of at most 1 MB. */
export async function readBody<T>(schema: ZodType<T> | undefined, request: Request): Promise<T> {
  if (!schema) return undefined as T // no schema means the handler does not look at it
  const text = await readText(request)
  let value: unknown
  try {
    value = text === '' ? {} : JSON.parse(text)
  } catch {
    throw new Problem('bad-request', 'The body is not JSON.')
  }
  return parseOr(schema, value, refuseFields)
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw new Problem('body-too-large')
  const text = await request.text()
  if (text.length > MAX_BODY_BYTES) throw new Problem('body-too-large')
  return text
}
