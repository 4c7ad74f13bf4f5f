import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

/** The key of a project that is there from the start. */
export const standing = (app: string): string => `${app.replace('/', ':')}:sandboxsandbox`

/** A simulated LogRocket seen through plain fetch. */
export function logrocketClient(url: string) {
  const sandbox: SandboxClient = sandboxClient(url)
  const base = `${url}/logrocket-api`

  const set = (settings: Record<string, unknown>) => sandbox.control.set({ provider: 'logrocket', ...settings })
  const keyFor = async (app = 'acme/web'): Promise<string> => String((await set({ makeKey: { app } })).token)
  /** `path` follows /v1/orgs/{org}/apps/{app}; the key is the project's own unless another is given, and null is none. */
  const api = (app: string, path: string, key: string | null = standing(app), init: RequestInit = {}) => {
    const [org, name] = app.split('/')
    return fetch(`${base}/v1/orgs/${org}/apps/${name}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...(key !== null && { authorization: `token ${key}` }), ...init.headers },
    })
  }
  const post = (app: string, path: string, body: unknown) =>
    api(app, path, undefined, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })

  return { ...sandbox, base, set, keyFor, api, post }
}
