import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { WebUrl } from './shapes.ts'

const Test = z.object({ url: WebUrl, team: z.string(), team_id: z.string() })

const listed = (value: string | null): string[] | undefined =>
  value
    ?.split(',')
    .map((scope) => scope.trim())
    .filter(Boolean)

const ask = (api: Api, asSecond: boolean) =>
  api.whole('/auth.test', { method: 'POST', form: {}, schema: Test, ...(asSecond ? { asSecond } : {}) })

/** What the person's own token was given; nothing once Slack no longer takes it. */
async function secondScopes(api: Api, { second }: Grant): Promise<readonly string[]> {
  if (!second) return []
  try {
    const { headers } = await ask(api, true)
    return listed(headers.get('x-oauth-scopes')) ?? second.scopes ?? []
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    return error.failure === 'scope' ? [] : (second.scopes ?? [])
  }
}

/** Which workspace a grant opens, and what it may do there (docs.slack.dev/reference/methods/auth.test). */
export async function identify(api: Api, grant: Grant): Promise<Identity> {
  const { value, headers } = await ask(api, false)
  const scopes = listed(headers.get('x-oauth-scopes')) ?? grant.scopes
  const workspace = value.url.replace(/\/+$/, '')
  return {
    id: value.team_id, // stays when the workspace is renamed, or joins an Enterprise organization
    label: value.team,
    url: workspace,
    ...(scopes ? { scopes: [...scopes, ...(await secondScopes(api, grant))] } : {}),
    config: { workspace },
  }
}
