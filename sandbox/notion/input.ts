import type { z } from 'zod'
import { type Call, header, parseJson } from '#sandbox/http.ts'
import { invalid, Refusal } from './refusal.ts'

/** A body as a schema reads it; what it does not know is refused in Notion's words. */
export function bodyOf<Schema extends z.ZodType>(call: Call, schema: Schema): z.output<Schema> {
  const isJson = header(call, 'content-type')?.startsWith('application/json') ?? false
  const value = call.body.length === 0 ? {} : isJson ? parseJson(call.body) : undefined
  if (value === undefined) throw new Refusal(400, 'invalid_json', 'Error parsing JSON body.')
  const outcome = schema.safeParse(value)
  if (outcome.success) return outcome.data
  throw invalid(`body failed validation: ${told(outcome.error.issues[0], value, 'body')}`)
}

/** A query as a schema reads it. */
export function queryOf<Schema extends z.ZodType>(call: Call, schema: Schema): z.output<Schema> {
  const value = Object.fromEntries(call.query)
  const outcome = schema.safeParse(value)
  if (outcome.success) return outcome.data
  throw invalid(`query failed validation: ${told(outcome.error.issues[0], value, 'query')}`)
}

function told(issue: z.core.$ZodIssue | undefined, value: unknown, where: string): string {
  const [unknown] = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])]
  const found = path.reduce((at: unknown, key) => Object(at)[key], value)
  const was = found === undefined ? 'undefined' : JSON.stringify(found)
  return `${[where, ...path].join('.')} should be ${wanted(issue, found)}, instead was \`${was}\`.`
}

function wanted(issue: z.core.$ZodIssue | undefined, found: unknown): string {
  if (issue?.code === 'unrecognized_keys') return 'not present'
  if (found === undefined) return 'defined'
  if (issue?.code === 'invalid_type') return `a valid ${issue.expected}`
  if (issue?.code === 'invalid_value') return issue.values.map((one) => `\`${JSON.stringify(one)}\``).join(' or ')
  if (issue?.code === 'too_big') return `≤ \`${issue.maximum}\``
  if (issue?.code === 'too_small') return `≥ \`${issue.minimum}\``
  return 'valid'
}
