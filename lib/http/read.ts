import type { ZodType, z } from 'zod'
import { type FieldError, Problem } from '#lib/platform/problem.ts'
import { oneOf, plainWords } from './plain-words.ts'
import { readText } from './read-text.ts'

const MAX_BODY_BYTES = 1_000_000

/** RFC 6901: the whole body is the empty pointer. */
const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** Of the forms a body may have, the one whose `type` it names, else the one it is nearest to. */
function nearest(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  const isOther = (issues: readonly Issue[]) => issues.some(({ path }) => path.length === 1 && path[0] === 'type')
  const named = forms.filter((issues) => !isOther(issues))
  const sorted = [...(named.length > 0 ? named : forms)].sort((a, b) => a.length - b.length)
  return sorted[0] ?? []
}

/** Which values of `type` there are, where a body names none of them. */
function typesOf(forms: readonly (readonly Issue[])[]): unknown[] {
  const all = forms.flat().flatMap((issue) => (issue.code === 'invalid_union' ? issue.errors.flat() : [issue]))
  return [
    ...new Set(
      all.flatMap((issue) => (issue.code === 'invalid_value' && issue.path[0] === 'type' ? issue.values : [])),
    ),
  ]
}

function toErrors(issues: readonly Issue[], within: Path = []): FieldError[] {
  return issues.flatMap((issue) => {
    const path = [...within, ...issue.path]
    if (issue.code !== 'invalid_union') return [{ pointer: pointerTo(path), detail: issue.message }]
    const found = toErrors(nearest(issue.errors), path)
    const types = typesOf(issue.errors)
    if (types.length === 0 || !found.some(({ pointer }) => pointer.endsWith('/type'))) return found
    return [{ pointer: pointerTo([...path, 'type']), detail: `Type has to be ${oneOf(types)}.` }]
  })
}

/** Where a value holds U+0000; null where it does not. */
function nulIn(value: unknown, path: readonly string[] = []): readonly string[] | null {
  if (typeof value === 'string') return value.includes('\0') ? path : null
  if (typeof value !== 'object' || value === null) return null
  for (const [name, inner] of Object.entries(value)) {
    const found = name.includes('\0') ? path : nulIn(inner, [...path, name])
    if (found) return found
  }
  return null
}

function parseOr<T>(schema: ZodType<T> | undefined, value: unknown, refuse: (errors: FieldError[]) => Problem): T {
  if (!schema) return undefined as T // no schema means the handler does not look at it
  const parsed = schema.safeParse(value, { error: plainWords })
  if (!parsed.success) throw refuse(toErrors(parsed.error.issues))
  const nul = nulIn(parsed.data) // PostgreSQL cannot keep it (its manual, s.8.3)
  if (nul) throw refuse([{ pointer: pointerTo(nul), detail: 'Remove the character U+0000.' }])
  return parsed.data
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
  const text = await readText(request, MAX_BODY_BYTES)
  let value: unknown
  try {
    value = text === '' ? {} : JSON.parse(text)
  } catch {
    throw new Problem('bad-request', 'The body is not JSON.')
  }
  return parseOr(schema, value, refuseFields)
}
