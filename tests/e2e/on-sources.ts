// What the tests of several sources share: each connected without its pages, which are tests of their own.
import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { ProviderView } from '#lib/connections/schema.ts'
import type { ResourceList, ResourceView } from '#lib/resources/schema.ts'
import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'
import { bitbucketClient } from '#tests/support/sandbox-bitbucket.ts'
import { logrocketClient } from '#tests/support/sandbox-logrocket.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { standing as terraformToken } from '#tests/support/sandbox-terraform.ts'
import { callApi, type Org, sandboxUrl } from './support.ts'

/** The accounts that consent for an organization. */
const accounts = { notion: 'dana@acme', slack: 'dana@acme-corp', intercom: 'dana@acme', openrouter: 'acme' }

/** Goes to a source's page and back; resolves when it is connected. */
async function consent(page: Page, org: Pick<Org, 'api'>, what: { provider: string; slot: string }, account: string) {
  const start = await callApi<{ authorizeUrl: string }>(page.request, 'POST', org.api('/connect-attempts'), what)
  const callback = await sandboxClient(sandboxUrl).consent(start.authorizeUrl, { account })
  const tab = await page.context().newPage()
  await tab.goto(callback)
  await tab.waitForURL(/\/connect\/result\//)
  await tab.close()
}

/** Connects somebody's own account as the person of this page; resolves when it is connected. */
export const connectOwn = (
  page: Page,
  org: Pick<Org, 'api'>,
  provider: 'jira' | 'confluence' | 'google-docs',
  account: string,
): Promise<void> => consent(page, org, { provider, slot: 'user' }, account)

/** What is pasted for each source that takes a secret. */
const pasted = {
  sentry: async () => {
    const token = await sentryClient(sandboxUrl).tokenFor({ organization: 'acme' })
    return { method: 'api_key', fields: { organization: 'acme', token } }
  },
  logrocket: async () => ({
    method: 'api_key',
    fields: { app: 'acme/web', key: await logrocketClient(sandboxUrl).keyFor('acme/web') },
  }),
  terraform: async () => ({ method: 'api_key', fields: { organization: 'acme', token: terraformToken('plugbrd') } }),
  bitbucket: async () => ({
    method: 'api_token',
    fields: { workspace: 'acme', ...(await bitbucketClient(sandboxUrl).tokenFor()) },
  }),
}
const isPasted = (id: string): id is keyof typeof pasted => id in pasted

/** Connects one of the organization's sources as the person of this page; resolves when it is connected. */
export async function connectShared(
  page: Page,
  org: Pick<Org, 'api'>,
  provider: keyof typeof accounts | keyof typeof pasted,
) {
  const slot = 'organization'
  if (!isPasted(provider)) return consent(page, org, { provider, slot }, accounts[provider])
  return callApi(page.request, 'POST', org.api('/connections'), { provider, slot, ...(await pasted[provider]()) })
}

/** A Google account of this test alone: Google ends what an account gave for all who use it. */
export async function newWriter({ control }: SandboxClient): Promise<string> {
  const email = `ines-${randomUUID().slice(0, 8)}@acme.example`
  await control.set({ provider: 'google-docs', account: { email, name: 'Ines Brandt', hd: 'acme.example' } })
  return email
}

/** Documents of that account, each with the address at which Google has it. */
export async function newDocuments(
  { control }: SandboxClient,
  writer: string,
  texts: readonly { name: string; lines: readonly string[] }[],
): Promise<string[]> {
  const files = texts.map((text) => ({ ...text, owner: writer, by: writer }))
  const made = (await control.set({ provider: 'google-docs', files })) as { files: { id: string }[] } // what the sandbox answers
  return made.files.map(({ id }) => `${sandboxUrl}/google-docs/document/d/${id}/edit`)
}

/** `inDays`: when it begins, counted from now. */
type Meeting = { topic: string; minutes?: number; inDays: number; agenda?: string }
type Licence = { account: 'acme' | 'park'; type: 1 | 2; cloudRecording?: boolean }
/** Somebody at Zoom. `set` changes what they may do there. */
export type Host = { email: string; set: (person: object) => Promise<unknown> }

/** A person at Zoom of this test alone: a newer consent of the same one ends the older. */
export async function newHost(
  { control }: SandboxClient,
  licence: Licence,
  meetings: readonly Meeting[] = [],
): Promise<Host> {
  const { account } = licence
  const email = `ines-${randomUUID().slice(0, 8)}@${account}.example`
  const set = (person: object) => control.set({ provider: 'zoom', person: { email, ...person } })
  await set({ name: 'Ines Brandt', ...licence })
  for (const { inDays, ...meeting } of meetings) {
    const startsAt = new Date(Date.now() + inDays * 86_400_000).toISOString().replace(/\.\d+/, '')
    await control.set({ provider: 'zoom', meeting: { host: email, startsAt, ...meeting } })
  }
  return { email, set }
}

/** Connects Zoom as a host and lets all of their meetings stand on boards; resolves with those. */
export async function connectMeetings(page: Page, org: Pick<Org, 'api'>, { email }: Host): Promise<ResourceView[]> {
  const provider = 'zoom'
  await consent(page, org, { provider, slot: 'organization' }, email)
  const { slots } = await callApi<ProviderView>(page.request, 'GET', org.api(`/integrations/${provider}`))
  const address = org.api(`/connections/${slots[0]?.connection?.id}/resources`)
  const { items } = await callApi<ResourceList>(page.request, 'GET', `${address}?kind=meeting&switches=1`)
  await callApi(page.request, 'PATCH', address, { kind: 'meeting', ids: items.map(({ id }) => id), onBoards: true })
  return items
}
