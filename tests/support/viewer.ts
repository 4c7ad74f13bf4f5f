import { sessionCookieName } from '#lib/tenancy/read-session.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'
import { sealSession } from '#lib/tenancy/seal-session.ts'
import { connect, type TestOrganization } from './organization.ts'
import { type Api, api } from './people.ts'

/** A person of an organization: as an actor, through the API, and with an account at the sandbox if one is named. */
export type Viewer = Api & TestOrganization['owner'] & { connectionId: string; at: (below: string) => string }

async function viewerOf(
  org: TestOrganization,
  { person, actor }: TestOrganization['owner'],
  account?: string,
): Promise<Viewer> {
  const cookie = `${sessionCookieName()}=${await sealSession(person.sessionToken)}`
  const connection = account ? (await connect({ person, actor }, { account })).connection : null
  const at = (below: string) => `/api/v1/orgs/${org.slug}/${below}`
  return { ...api(cookie), person, actor, at, connectionId: connection?.id ?? '' }
}

/** The owner of an organization, with their own GitHub account connected if one is named. */
export const ownerOf = (org: TestOrganization, account?: string): Promise<Viewer> => viewerOf(org, org.owner, account)

/** Somebody who joins an organization, with their own GitHub account connected if one is named. */
export const joins = async (org: TestOrganization, role: RoleName, name: string, account?: string): Promise<Viewer> =>
  viewerOf(org, await org.join(role, name), account)
