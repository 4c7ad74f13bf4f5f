// A value that a JSON Schema accepts: enough for the schemas of this API, by way of an example where one is given.
import { randomUUID } from 'node:crypto'

export type Schema = {
  type?: string | string[]
  examples?: unknown[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  format?: string
  pattern?: string
  minLength?: number
  minimum?: number
}

const words = ['a', 'acme', 'x'.repeat(24), '1', '0123456789abcdef', 'https://github.com/acme/api', '2026-11-21']

function sampleText({ format, pattern, minLength = 1 }: Schema): string {
  if (format === 'uuid') return randomUUID()
  if (format === 'email') return `someone.${randomUUID().slice(0, 8)}@example.test`
  if (format === 'uri') return 'https://github.com/acme/api'
  if (format === 'date-time') return '2026-11-21T00:00:00Z'
  const shape = pattern === undefined ? null : new RegExp(pattern, 'u')
  return words.find((word) => (!shape || shape.test(word)) && word.length >= minLength) ?? 'x'.repeat(minLength)
}

function sampleObject({ properties = {}, required = [] }: Schema): Record<string, unknown> {
  return Object.fromEntries(required.map((name) => [name, sample(properties[name] ?? {})]))
}

/** One accepted value, as small as it can be. */
export function sample(schema: Schema): unknown {
  if (schema.examples?.length) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [choice] = schema.anyOf ?? schema.oneOf ?? []
  if (choice) return sample(choice)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(sample))
  const type = [schema.type ?? []].flat().find((name) => name !== 'null')
  if (type === 'object' || schema.properties) return sampleObject(schema)
  if (type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}))
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1
  if (type === 'boolean') return true
  return sampleText(schema)
}
