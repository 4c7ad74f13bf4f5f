import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

export type MadeToken = { token: string; integration: string; installation: string; clientSecret: string }

/** A simulated Sentry seen through plain fetch. */
export function sentryClient(url: string) {
  const sandbox: SandboxClient = sandboxClient(url)
  const base = `${url}/sentry-api`

  const set = (settings: Record<string, unknown>) => sandbox.control.set({ provider: 'sentry', ...settings })
  const make = async (token: Record<string, unknown> = {}): Promise<MadeToken> => {
    const made = await set({ makeToken: token })
    const text = (name: string) => String(made[name])
    return {
      token: text('token'),
      integration: text('integration'),
      installation: text('installation'),
      clientSecret: text('clientSecret'),
    }
  }
  const tokenFor = async (token: Record<string, unknown> = {}): Promise<string> => (await make(token)).token
  /** `path` follows /api/0; an address is taken as it is. */
  const api = (path: string, token?: string, init: RequestInit = {}): Promise<Response> =>
    fetch(path.startsWith('http') ? path : `${base}/api/0${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...init.headers },
    })
  /** Status and `detail` of an answer. */
  const refusal = async (path: string, token?: string): Promise<[number, unknown]> => {
    const response = await api(path, token)
    return [response.status, (await response.json()).detail]
  }

  return { ...sandbox, base, set, make, tokenFor, api, refusal }
}
