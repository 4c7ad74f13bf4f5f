// Sends an operation of the document as a script or a browser would.
import { unscoped } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import type { Described } from './described.ts'
import { dispatch } from './dispatch.ts'
import { sample } from './sample.ts'

type Given = { values: Readonly<Record<string, string>>; bodies: Readonly<Record<string, unknown>> }
type By = { token?: string; cookie?: string; accept?: string }

const headersOf = ({ token, cookie, accept }: By): Record<string, string> => ({
  ...(token ? { authorization: `Bearer ${token}` } : {}),
  ...(cookie ? { cookie, origin: env().APP_URL } : {}),
  ...(accept ? { accept } : {}),
})

/** Sends an operation with what there is for it by the names of its parameters and by its own, else with samples of its schemas. */
export async function sendOperation(operation: Described, { values, bodies }: Given, by: By) {
  const { name, method, path, parameters, body } = operation
  await unscoped().throttle.deleteMany()
  const value = (one: Described['parameters'][number]) =>
    encodeURIComponent(values[one.name] ?? String(sample(one.schema)))
  const filled = parameters
    .filter((one) => one.in === 'path')
    .reduce((address, one) => address.replace(`{${one.name}}`, value(one)), path)
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required || (one.name === 'kind' && path.includes('resources'))))
    .map((one) => `${one.name}=${value(one)}`)
  const address = query.length > 0 ? `${filled}?${query.join('&')}` : filled
  const response = await dispatch(
    new Request(new URL(address, env().APP_URL), {
      method,
      headers: headersOf(by),
      ...(body ? { body: JSON.stringify(bodies[name] ?? sample(body)) } : {}),
    }),
  )
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const order = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE']

/** Reads before changes, deeper addresses before those above them. */
export const inTurn = (operations: readonly Described[]): Described[] =>
  [...operations].sort(
    (a, b) => order.indexOf(a.method) - order.indexOf(b.method) || b.path.split('/').length - a.path.split('/').length,
  )
