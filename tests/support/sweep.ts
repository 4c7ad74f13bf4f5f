// What the sweeps over the API share: every operation of the description, asked with any value in any place.
import { operations } from '#app/api/openapi.json/operations.ts'
import { openApi } from '#lib/http/openapi.ts'
import { unscoped } from '#lib/platform/db.ts'
import { dispatch, ownRequest } from './dispatch.ts'
import type { TestPerson } from './people.ts'
import { type Schema, sample } from './sample.ts'

export type Parameter = { name: string; in: string; required?: boolean; schema: Schema }
type Described = {
  parameters: Parameter[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
  responses: Record<string, { content?: Record<string, unknown> }>
}
export type Operation = {
  path: string
  method: string
  parameters: Parameter[]
  /** Null where nothing is sent. */
  schema: Schema | null
  /** In what forms it answers. */
  media: string[]
}

const document = openApi(operations) as { paths: Record<string, Record<string, Described>> } // as openApi builds it

/** The operations of an organization. */
export const scoped: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  path.includes('{org}')
    ? Object.entries(methods).map(([method, { parameters, requestBody, responses }]) => ({
        path,
        method: method.toUpperCase(),
        parameters,
        schema: requestBody?.content['application/json'].schema ?? null,
        media: Object.values(responses).flatMap(({ content }) => Object.keys(content ?? {})),
      }))
    : [],
)

export type Values = (parameter: Parameter) => string
type How = { slug: string; value: Values; accept?: string; body?: unknown; query?: Readonly<Record<string, string>> }

/** Asks one operation and returns what it tells, apart from the id of the request. */
export async function ask(by: TestPerson, operation: Operation, { slug, value, accept, body, query = {} }: How) {
  const { path, method, parameters, schema } = operation
  await unscoped().throttle.deleteMany()
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((address, parameter) => {
      const text = parameter.name === 'org' ? slug : value(parameter)
      return address.replace(`{${parameter.name}}`, encodeURIComponent(text))
    }, path)
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required)
  const asked = { ...Object.fromEntries(needed.map(({ name, schema: one }) => [name, String(sample(one))])), ...query }
  const address = Object.keys(asked).length > 0 ? `${filled}?${new URLSearchParams(asked)}` : filled
  const sent = body === undefined ? schema && sample(schema) : body
  const response = await dispatch(
    ownRequest(method, address, {
      headers: { cookie: by.cookie, 'x-forwarded-for': by.ip, ...(accept ? { accept } : {}) },
      ...(method === 'GET' || sent === null ? {} : { body: sent }),
    }),
  )
  const text = await response.text()
  return { status: response.status, body: text.replace(/"requestId":"[^"]*"/, '') }
}

/** Whether a parameter takes an id of a row: then a UUID passes its schema. */
export const isId = ({ name, schema }: Parameter): boolean =>
  name !== 'org' && (schema.format === 'uuid' || (!schema.enum && !schema.pattern))

/** How an operation is called in what a test says. */
export const named = ({ method, path }: Operation): string => `${method} ${path}`
