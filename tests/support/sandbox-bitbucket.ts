import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

export const DANA = 'dana@acme.example'
export const SAM = 'sam@acme.example'
export const PRIYA = 'priya@acme.example'
export const LEE = 'lee@park.example'

/** Whose token, and which: an Authorization header is made of both. */
export type Pair = { email: string; token: string }

/** A simulated Bitbucket seen through plain fetch. */
export function bitbucketClient(url: string) {
  const sandbox: SandboxClient = sandboxClient(url)
  const base = `${url}/bitbucket-api`

  const set = (settings: Record<string, unknown>) => sandbox.control.set({ provider: 'bitbucket', ...settings })
  const tokenFor = async (email = DANA, about: Record<string, unknown> = {}): Promise<Pair> => ({
    email,
    token: String((await set({ makeToken: { account: email, ...about } })).token),
  })
  const basicOf = ({ email, token }: Pair): string => `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`
  /** `path` follows /2.0; an address is taken as it is. Redirects are not followed. */
  const api = (path: string, as?: Pair, init: RequestInit = {}): Promise<Response> =>
    fetch(path.startsWith('http') ? path : `${base}/2.0${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...(as ? { authorization: basicOf(as) } : {}), ...init.headers },
    })
  /** Status and message of an answer. */
  const refusal = async (path: string, as?: Pair, init?: RequestInit): Promise<[number, unknown]> => {
    const response = await api(path, as, init)
    return [response.status, (await response.json()).error?.message]
  }
  /** The values of one page. */
  const values = async (path: string, as?: Pair) => (await (await api(path, as)).json()).values
  const send = (method: string, path: string, body: unknown, as?: Pair): Promise<Response> =>
    api(path, as, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

  return { ...sandbox, base, set, tokenFor, basicOf, api, refusal, values, send }
}
