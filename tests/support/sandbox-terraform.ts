import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

export type Thing = {
  id: string
  type: string
  attributes: Record<string, unknown>
  relationships: Record<string, { data: { id: string; type: string } | null }>
  links: Record<string, string>
}
export type Document = { data: Thing; included?: Thing[] }
export type Listed = {
  data: Thing[]
  included?: Thing[]
  links?: Record<string, string | null>
  meta?: { pagination: Record<string, number | null> }
}

/** A token that is there from the start. */
export const standing = (word: string): string => `sandbox${word}.atlasv1.${word.repeat(9)}`

const JSON_API = 'application/vnd.api+json'

/** A simulated Terraform seen through plain fetch. */
export function terraformClient(url: string) {
  const sandbox: SandboxClient = sandboxClient(url)
  const base = `${url}/terraform-api`

  const set = (settings: Record<string, unknown>) => sandbox.control.set({ provider: 'terraform', ...settings })
  const tokenFor = async (token: Record<string, unknown> = {}): Promise<string> =>
    String((await set({ makeToken: token })).token)
  /** `path` follows /api/v2; an address is taken as it is. */
  const api = (path: string, token?: string, init: RequestInit = {}): Promise<Response> =>
    fetch(path.startsWith('http') ? path : `${base}/api/v2${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...init.headers },
    })
  const send = (method: string, path: string, token: string, body: unknown, type = JSON_API): Promise<Response> =>
    api(path, token, { method, body: JSON.stringify(body), headers: { 'content-type': type } })
  const show = async (path: string, token: string): Promise<Document> => (await api(path, token)).json()
  const list = async (path: string, token: string): Promise<Listed> => (await api(path, token)).json()
  const statusOf = async (path: string, token?: string): Promise<number> => (await api(path, token)).status
  /** The id of a workspace of acme, as its owner Dana finds it. */
  const workspaceId = async (name: string, organization = 'acme'): Promise<string> =>
    (await show(`/organizations/${organization}/workspaces/${name}`, standing('danakow'))).data.id

  return { ...sandbox, base, set, tokenFor, api, send, show, list, statusOf, workspaceId }
}
