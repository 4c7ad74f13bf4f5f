// A person's own accounts, over all their organizations and nobody else's.
import { expect, test } from 'vitest'
import { listOwnAccounts } from '#lib/connections/queries.ts'
import { withSystem } from '#lib/platform/db.ts'
import { enter } from '#lib/tenancy/actor.ts'
import { boardWith, states } from '#tests/support/boards.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

withSandbox()

const accountsOf = async ({ person }: Pick<Viewer, 'person'>) =>
  (await listOwnAccounts(person)).map(({ organization, provider }) => {
    const own = provider.slots.find(({ slot }) => slot === 'user')?.connection
    return [organization.slug, provider.id, own?.account.label]
  })

test('one’s own accounts are listed over all organizations, and nobody else’s, not even to an owner', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const dana = await ownerOf(acme, 'dana-k')
  const priya = await joins(acme, 'member', 'Priya Nair', 'priya-n')
  const olga = await ownerOf(globex, 'sam-o')
  // Dana belongs to both, and connected there too; the organization's own is nobody's account
  await withSystem('sign-up', (db) =>
    db.membership.create({ data: { organizationId: globex.id, userId: dana.person.id, role: 'guest' } }),
  )
  const there = { person: dana.person, actor: await enter(dana.person, globex.slug) }
  await connect(there, { account: 'lee-p' })
  await connect(dana, { slot: 'organization', account: 'dana-k' })
  expect((await accountsOf(dana)).sort()).toEqual(
    [
      [acme.slug, 'github', '@dana-k'],
      [globex.slug, 'github', '@lee-p'],
    ].sort(),
  )
  expect(await accountsOf(priya)).toEqual([[acme.slug, 'github', '@priya-n']])
  expect(await accountsOf(olga)).toEqual([[globex.slug, 'github', '@sam-o']])
  // everyone's connection is nobody's own
  expect(await accountsOf(await joins(acme, 'admin', 'Sam Ortiz'))).toEqual([])
})

test('an account is listed no more in an organization one has left', async () => {
  const org = await newOrganization()
  const priya = await joins(org, 'member', 'Priya Nair', 'priya-n')
  expect((await priya.delete(priya.at(`members/${priya.person.id}`))).status).toBe(204)
  expect(await accountsOf(priya)).toEqual([])
})

test('T-ACC-1 disconnecting my GitHub locks only my cards', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const priya = await joins(org, 'member', 'Priya Nair', 'priya-n')
  const { board } = await boardWith(dana, 'https://github.com/acme/web')
  expect([await states(dana, board), await states(priya, board)]).toEqual([['live'], ['live']])
  expect((await priya.delete(priya.at(`connections/${priya.connectionId}`))).status).toBe(200)
  expect([await states(dana, board), await states(priya, board)]).toEqual([['live'], ['needs_connection']])
})
