import type { Shape } from '#lib/http/documented.ts'

const MOST_DEEP = 6

const quoted = (value: unknown): string => JSON.stringify(value)
const step = '  '

/** A schema as one would write the value's type: `{ name: string, scopes: ("boards:read" | …)[], expiresAt?: date-time | null }`. */
export function shapeText(shape: Shape, depth = 0): string {
  if (shape.$ref || depth > MOST_DEEP) return '…'
  if (shape.const !== undefined) return quoted(shape.const)
  if (shape.enum) return shape.enum.map(quoted).join(' | ')
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return choices.map((one) => shapeText(one, depth)).join(' | ')
  if (shape.allOf) return shape.allOf.map((one) => shapeText(one, depth)).join(' & ')
  const types = [shape.type ?? 'any'].flat()
  return types.map((type) => textOf(type, shape, depth)).join(' | ')
}

function textOf(type: string, shape: Shape, depth: number): string {
  if (type === 'array') return arrayText(shape, depth)
  if (type === 'object') return objectText(shape, depth)
  return type === 'string' ? (shape.format ?? type) : type
}

function arrayText({ items }: Shape, depth: number): string {
  const inner = items ? shapeText(items, depth) : 'any'
  return /[|&]/.test(inner) && !inner.startsWith('{') ? `(${inner})[]` : `${inner}[]`
}

function objectText({ properties = {}, required = [], additionalProperties }: Shape, depth: number): string {
  const names = Object.keys(properties)
  if (names.length === 0)
    return typeof additionalProperties === 'object' ? `{ [name]: ${shapeText(additionalProperties, depth + 1)} }` : '{}'
  const indent = step.repeat(depth + 1)
  const lines = names.map((name) => {
    const mark = required.includes(name) ? '' : '?'
    return `${indent}${name}${mark}: ${shapeText(properties[name] ?? {}, depth + 1)}`
  })
  return `{\n${lines.join('\n')}\n${step.repeat(depth)}}`
}

const formats: Readonly<Record<string, string>> = {
  date: '2026-12-31',
  'date-time': '2026-12-31T00:00:00Z',
  email: 'someone@example.com',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
}

function exampleText({ format = '', pattern, minLength = 1, maxLength = Number.POSITIVE_INFINITY }: Shape): string {
  const fits = (text: string) =>
    text.length >= minLength && text.length <= maxLength && (!pattern || new RegExp(pattern, 'u').test(text))
  return formats[format] ?? ['Example', 'example', '1'].find(fits) ?? 'x'.repeat(minLength)
}

/** A body to begin with: the schema's own example, else what is required, with values that the schema takes. */
export function exampleOf(shape: Shape): unknown {
  if (shape.examples?.length) return shape.examples[0]
  if (shape.default !== undefined) return shape.default
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  const [choice] = shape.anyOf ?? shape.oneOf ?? []
  if (choice) return exampleOf(choice)
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map(exampleOf))
  const [type] = [shape.type ?? 'object'].flat()
  if (type === 'object')
    return Object.fromEntries((shape.required ?? []).map((name) => [name, exampleOf(shape.properties?.[name] ?? {})]))
  if (type === 'array') return shape.items ? [exampleOf(shape.items)] : []
  if (type === 'number' || type === 'integer') return shape.minimum ?? 1
  return type === 'boolean' ? true : exampleText(shape)
}
