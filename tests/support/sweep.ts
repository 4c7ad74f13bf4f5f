// What the sweeps over the API share: every operation of an organization, asked with any value in any place.
import { unscoped } from '#lib/platform/db.ts'
import { type Described, described } from './described.ts'
import { dispatch, ownRequest } from './dispatch.ts'
import { sample } from './sample.ts'

export type Parameter = Described['parameters'][number]

/** The operations of an organization. */
export const scoped: readonly Described[] = described.filter(({ path }) => path.includes('{org}'))

/** In what forms an operation answers. */
export const mediaOf = ({ responses }: Described): string[] =>
  Object.values(responses).flatMap(({ content }) => Object.keys(content ?? {}))

/** Who asks: a browser by its cookie, or a script by its token. */
export type By = { cookie: string; ip: string; token?: string }
export type Values = (parameter: Parameter) => string
type How = { slug: string; value: Values; accept?: string; body?: unknown; query?: Readonly<Record<string, string>> }

/** Asks one operation and returns what it tells, apart from the id of the request. */
export async function ask(by: By, operation: Described, { slug, value, accept, query = {}, ...how }: How) {
  const { path, method, parameters, body } = operation
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
  const sent = how.body === undefined ? body && sample(body) : how.body
  const response = await dispatch(
    ownRequest(method, address, {
      headers: {
        cookie: by.cookie,
        'x-forwarded-for': by.ip,
        ...(by.token ? { authorization: `Bearer ${by.token}` } : {}),
        ...(accept ? { accept } : {}),
      },
      ...(method === 'GET' || sent === null ? {} : { body: sent }),
    }),
  )
  const text = await response.text()
  return { status: response.status, body: text.replace(/"requestId":"[^"]*"/, '') }
}

/** Whether a parameter takes an id of a row: then a UUID passes its schema. */
export const isId = ({ name, schema }: Parameter): boolean =>
  name !== 'org' && (schema.format === 'uuid' || (!schema.enum && !schema.pattern))
