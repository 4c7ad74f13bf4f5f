import { badParameter, type Refusal } from './access.ts'

/** What an answer can have: null is a value, an object its fields, `any` what is not looked into; lists are what their items are. */
export type Schema = { readonly [field: string]: Schema | 'any' | null }
/** What of it is wanted: `all`, or some fields. */
type Mask = 'all' | Map<string, Mask>

class Unknown extends Error {}

const refusedByDrive = (name: string): Refusal =>
  badParameter('fields', `Invalid field selection ${name}`, 'invalidParameter')

/**
 * The part of an answer that `fields` asks for: `a,b(c,d/e),*` (developers.google.com/workspace/drive/api/guides/fields-parameter).
 * `otherwise` is what comes without one; an empty one selects nothing.
 */
export function selected(
  value: object,
  fields: string | null,
  schema: Schema,
  otherwise: string,
  refused = refusedByDrive,
): unknown {
  const text = fields ?? otherwise
  if (text.trim() === '') return {}
  try {
    return applied(value, readMask(text, schema))
  } catch (problem) {
    throw problem instanceof Unknown ? refused(problem.message) : problem
  }
}

function readMask(text: string, schema: Schema): Mask {
  const tokens = text.match(/[\w*]+|[(),/]|\S/g) ?? []
  const [mask, next] = readList(tokens, 0, schema)
  if (next < tokens.length) throw new Unknown(tokens[next] ?? '')
  return mask
}

function readList(tokens: readonly string[], start: number, schema: Schema | 'any' | null): [Mask, number] {
  const mask = new Map<string, Mask>()
  let isAll = false
  let at = start
  for (;;) {
    const name = tokens[at] ?? ''
    const [inner, next] = readOne(tokens, at, schema)
    if (name === '*') isAll = true
    else mask.set(name, merged(mask.get(name), inner))
    at = next
    if (tokens[at] !== ',') return [isAll ? 'all' : mask, at]
    at += 1
  }
}

/** One name with what follows it: `a`, `a/b` or `a(b,c)`. */
function readOne(tokens: readonly string[], at: number, schema: Schema | 'any' | null): [Mask, number] {
  const name = tokens[at] ?? ''
  if (name === '*') return ['all', at + 1]
  if (!schema || !/^\w+$/.test(name) || (schema !== 'any' && !Object.hasOwn(schema, name))) throw new Unknown(name)
  const below = schema === 'any' ? schema : (schema[name] ?? null)
  const follows = tokens[at + 1]
  if (follows === '/') {
    const field = tokens[at + 2] ?? ''
    const [inner, next] = readOne(tokens, at + 2, below)
    return [field === '*' ? 'all' : new Map([[field, inner]]), next]
  }
  if (follows !== '(') return ['all', at + 1]
  const [inner, next] = readList(tokens, at + 2, below)
  if (tokens[next] !== ')') throw new Unknown(tokens[next] ?? name)
  return [inner, next + 1]
}

function merged(known: Mask | undefined, more: Mask): Mask {
  if (known === undefined) return more
  return known === 'all' || more === 'all' ? 'all' : new Map([...known, ...more])
}

function applied(value: unknown, mask: Mask): unknown {
  if (mask === 'all') return value
  if (Array.isArray(value)) return value.map((item) => applied(item, mask))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]: [string, unknown]) => {
      const wanted = mask.get(name)
      return wanted === undefined || item === undefined ? [] : [[name, applied(item, wanted)]]
    }),
  )
}
