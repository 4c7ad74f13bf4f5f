// An organization with one of everything that an address of the API can name, made as people make it.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { newOrganization } from './organization.ts'
import { joins, ownerOf } from './viewer.ts'

const Id = z.object({ id: z.string() })
const List = z.object({ items: z.array(Id) })

/** Its owner, with an account at the sandbox's GitHub, and by the names of the document what can be asked for. */
export async function furnish() {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const priya = await joins(org, 'member', 'Priya')
  const board = (await dana.post(dana.at('boards'), { name: 'Retry budget' }, Id)).body.id
  const put = async (object: object) => (await dana.post(dana.at(`boards/${board}/objects`), object, Id)).body.id
  const invitation = { email: `${randomUUID()}@acme.test`, role: 'member' }
  const repositories = await dana.get(dana.at(`connections/${dana.connectionId}/resources?kind=repository`), List)
  const values = {
    org: org.slug,
    board,
    object: await put({ type: 'reference', url: 'https://github.com/acme/api' }),
    note: await put({ type: 'note', text: 'Read this.' }),
    section: await put({ type: 'section', text: 'Later' }),
    member: priya.person.id,
    invitation: (await dana.post(dana.at('invitations'), invitation, Id)).body.id,
    request: (await priya.post(dana.at('connection-requests'), { provider: 'github' }, Id)).body.id,
    connection: dana.connectionId,
    provider: 'github',
    kind: 'repository',
    resource: repositories.body.items[0]?.id ?? '',
    q: 'api',
  }
  return { org, dana, priya, values }
}
