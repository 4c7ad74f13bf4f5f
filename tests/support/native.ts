// An organization that has its tools through its Atlassian site, and verifies access to Confluence.
import { ConnectionView, ProviderView } from '#lib/connections/schema.ts'
import { enter } from '#lib/tenancy/actor.ts'
import { DANA } from './atlassian.ts'
import { connect, newOrganization, type TestOrganization } from './organization.ts'
import { ownerOf, type Viewer } from './viewer.ts'
import type { withSandbox } from './with-sandbox.ts'

type Sandbox = ReturnType<typeof withSandbox>
export type SiteHas = (confluence: 'on' | 'blocked' | 'off') => Promise<unknown>

/** What `POST connections` is sent to verify access. */
export const asked = { provider: 'confluence', slot: 'organization', method: 'verified', fields: {} }

/** Says whether the site of the organization has Confluence, and lets us in. */
export const siteOf =
  (sandbox: Sandbox): SiteHas =>
  (confluence) =>
    sandbox.control.set({ provider: 'confluence', siteIs: { site: 'acme', confluence } })

export const turn = (who: Viewer, atlassianMode: 'native' | 'standard') =>
  who.patch(`/api/v1/orgs/${who.actor.organization.slug}`, { atlassianMode })

export const verify = async (who: Viewer) => (await who.post(who.at('connections'), asked, ConnectionView)).body

export const providerIn = async (who: Viewer, id: string) =>
  (await who.get(who.at(`integrations/${id}`), ProviderView)).body

/** The organization's slot of a provider, as its page has it. */
export const sharedSlot = async (who: Viewer, id = 'confluence') =>
  (await providerIn(who, id)).slots.find(({ slot }) => slot === 'organization')

/** The same person, with the organization as it is now. */
export const again = async ({ ...who }: Viewer): Promise<Viewer> => ({
  ...who,
  actor: await enter(who.person, who.actor.organization.slug),
})

/** Jira for the organization, allowed for both products; where the site gives no more, Jira is all that comes of it. */
export async function connectJira({ owner }: TestOrganization): Promise<string> {
  const slot = { provider: 'jira', slot: 'organization', account: DANA, also: ['confluence'] } as const // as const: a union
  const { connection } = await connect(owner, { ...slot, also: [...slot.also] })
  if (!connection) throw new Error('not connected')
  return connection.id
}

/** An organization in native mode, whose site keeps Plugboard out of Confluence until somebody lets it in. */
export async function nativeOrganization(siteHas: SiteHas) {
  await siteHas('blocked')
  const org = await newOrganization()
  const jira = await connectJira(org)
  const dana = await ownerOf(org)
  const { status } = await turn(dana, 'native')
  if (status !== 200) throw new Error(`native mode was refused: ${status}`)
  return { org, jira, dana: await again(dana) }
}
