// API tokens of a test: made as a person makes them, used as a script does.
import { env } from '#lib/platform/env.ts'
import { ApiTokenMade } from '#lib/tokens/schema.ts'
import { dispatch } from './dispatch.ts'
import type { TestPerson } from './people.ts'

/** Makes a token as this person does and tells its value. */
export const makeToken = async (by: TestPerson, scopes: string[] = ['boards:read'], more: object = {}) =>
  (await by.post(by.at('api-tokens'), { name: 'deploy', scopes, ...more }, ApiTokenMade)).body

type Asked = { body?: unknown; headers?: Record<string, string> }

/** A request as a script sends it: no cookie, no origin, a token. */
export async function askByToken(value: string, method: string, path: string, { body, headers = {} }: Asked = {}) {
  const response = await dispatch(
    new Request(new URL(path, env().APP_URL), {
      method,
      headers: { authorization: `Bearer ${value}`, 'x-forwarded-for': '203.0.113.9', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}
