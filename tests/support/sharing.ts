// What the tests of what is available on boards share: Slack with its channels, and their switches.
import { expect } from 'vitest'
import { ResourceList } from '#lib/resources/schema.ts'
import { connect, newOrganization, type TestOrganization } from './organization.ts'
import type { SandboxClient } from './sandbox.ts'
import { joins, ownerOf, type Viewer } from './viewer.ts'

/** The channels of the sandbox's workspace: Plugboard was invited to payroll-migration. */
export const [engineering, incidents, payroll] = ['C05ENGINR01', 'C05INCDNTS1', 'C05PAYROLL1']

type Sharing = { org: TestOrganization; dana: Viewer; sam: Viewer; slack: string }

/** An organization with Slack, its owner and a member. */
export async function withSlack(sandbox: SandboxClient): Promise<Sharing> {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sam = await joins(org, 'member', 'Sam')
  const { attempt, connection } = await connect(org.owner, {
    provider: 'slack',
    slot: 'organization',
    account: 'dana@acme-corp',
  })
  expect(attempt.problem).toBeUndefined()
  await sandbox.control.set({ provider: 'slack', invite: { channel: 'payroll-migration' } })
  return { org, dana, sam, slack: String(connection?.id) }
}

/** A list of what the connection reaches. */
export const resources = (viewer: Viewer, slack: string, query: string) =>
  viewer.get(viewer.at(`connections/${slack}/resources?${query}`), ResourceList)
/** The channels as whoever may switch them sees them. */
export const switches = async (viewer: Viewer, slack: string, more = ''): Promise<ResourceList> =>
  (await resources(viewer, slack, `kind=channel&switches=1${more}`)).body
/** Turns a channel on or off. */
export const turn = (viewer: Viewer, slack: string, channel: string, onBoards: boolean) =>
  viewer.patch(viewer.at(`connections/${slack}/resources/channel/${channel}`), { onBoards })

/** What a problem says. */
export const detailOf = ({ body }: { body: unknown }) => (body as { detail: string }).detail
