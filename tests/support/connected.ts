import { ResourceList, type ResourceView } from '#lib/resources/schema.ts'
import { connect, newOrganization, type TestOrganization } from './organization.ts'
import { ownerOf, type Viewer } from './viewer.ts'

export type Connected = { org: TestOrganization; dana: Viewer; id: string }

/** An organization of its own whose owner has given a consent, and the connection that came of it. */
export async function connectedBy(consent: Parameters<typeof connect>[1]): Promise<Connected> {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const { connection } = await connect(dana, consent)
  if (!connection) throw new Error('not connected')
  return { org, dana, id: connection.id }
}

/** What a connection lists to somebody. */
export const listOf = async (by: Viewer, id: string, query: Record<string, string>): Promise<ResourceView[]> =>
  (await by.get(by.at(`connections/${id}/resources?${new URLSearchParams(query)}`), ResourceList)).body.items

/** The thing of a kind that has this title. */
export async function named(by: Viewer, id: string, kind: string, title: string): Promise<ResourceView> {
  const found = (await listOf(by, id, { kind, q: title })).find((one) => one.title === title)
  if (!found) throw new Error(`there is no ${title}`)
  return found
}
