import { expect, test } from 'vitest'
import { chooseAccount } from '#lib/attempts/choose-account.ts'
import { keepCopies } from '#lib/boards/keep-copies.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { forgetMember } from '#lib/connections/forget-member.ts'
import { withOrg } from '#lib/platform/db.ts'
import { type Actor, jobActor } from '#lib/tenancy/actor.ts'
import { everyRow } from '#tests/support/as-superuser.ts'
import { boardWith, onlyCard, states } from '#tests/support/boards.ts'
import { payrollFile, payrollRepository, team } from '#tests/support/cards.ts'
import { connect } from '#tests/support/organization.ts'
import { joins } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const apiCalls = async () => (await sandbox.control.log()).filter(({ origin }) => origin === '/github-api')

const isPerson = (actor: Actor): actor is Actor & { userId: string } => actor.userId !== null

test('disconnecting closes the cards at once, wipes the copies, and connecting again opens them', async () => {
  const { org, dana } = await team()
  const { board } = await boardWith(dana, payrollRepository)
  expect(await states(dana, board)).toEqual(['live'])
  await disconnect(dana.actor, dana.connectionId)
  expect(await onlyCard(dana, board)).toMatchObject({ state: 'needs_connection' })
  const copies = JSON.parse(await everyRow('CardCopy')).filter(
    ({ organizationId }: { organizationId: string }) => organizationId === org.id,
  )
  expect(copies.map(({ sealed }: { sealed: string | null }) => sealed)).toEqual([null])
  await connect(dana, { account: 'dana-k' })
  expect(await states(dana, board)).toEqual(['live'])
})

test('after a switch to another account nothing is shown that the old one read', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, payrollRepository)
  expect(await states(dana, board)).toEqual(['live'])
  const { attempt } = await connect(dana, { account: 'dana-personal' })
  expect(attempt.status).toBe('mismatch')
  await chooseAccount(dana.actor, attempt.id, 'switch')
  await sandbox.control.faults([{ provider: 'github', path: '/repos/**', status: 503 }])
  expect(await onlyCard(dana, board)).toMatchObject({ state: 'error' })
  await sandbox.control.clearFaults()
  const card = await onlyCard(dana, board)
  expect(card.resource).toBeUndefined()
})

test('what another account of the same viewer saw is closed, not gone: the account changed, not the thing', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, payrollFile)
  expect(await states(dana, board)).toEqual(['live'])
  await disconnect(dana.actor, dana.connectionId)
  await connect(dana, { account: 'dana-personal' })
  expect(await states(dana, board)).toEqual(['no_access'])
  expect(await onlyCard(dana, board)).toMatchObject({
    state: 'no_access',
    message: "You don't have access to this file, or it no longer exists",
    action: { id: 'retry', label: 'Retry' },
  })
})

test('nor is it gone after a switch without disconnecting, however often one looks', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, payrollFile)
  expect(await states(dana, board)).toEqual(['live'])
  const { attempt } = await connect(dana, { account: 'dana-personal' })
  await chooseAccount(dana.actor, attempt.id, 'switch')
  expect(await states(dana, board)).toEqual(['no_access'])
  expect(await states(dana, board)).toEqual(['no_access'])
})

test('a card that an earlier account saw does not tell the present one that the thing is here already', async () => {
  const { org, dana } = await team()
  const sam = await joins(org, 'member', 'Sam', 'dana-k')
  const { board } = await boardWith(dana, payrollFile)
  const again = () => sam.post(sam.at(`boards/${board}/objects`), { type: 'reference', url: payrollFile })
  expect(await states(sam, board)).toEqual(['live'])
  expect((await again()).status).toBe(409)
  await disconnect(sam.actor, sam.connectionId)
  await connect(sam, { account: 'dana-personal' })
  expect((await again()).status).toBe(201)
})

test('a provider that an admin turned off closes its cards', async () => {
  const { dana } = await team()
  const { board } = await boardWith(dana, payrollRepository)
  expect(await states(dana, board)).toEqual(['live'])
  expect((await dana.patch(dana.at('integrations/github'), { enabled: false })).status).toBe(200)
  await sandbox.control.clearLog()
  expect(await onlyCard(dana, board)).toMatchObject({ state: 'source_off', message: 'GitHub is turned off' })
  expect(await apiCalls()).toEqual([])
})

test('T-PRV-5 a member who was removed gets no card at their next request, and keeps no copy', async () => {
  const { org, dana } = await team()
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const { board } = await boardWith(dana, 'https://github.com/acme/api')
  expect(await states(sam, board)).toEqual(['live'])
  expect((await dana.delete(dana.at(`members/${sam.person.id}`))).status).toBeLessThan(300)
  const refused = await sam.get(sam.at(`boards/${board}/cards`))
  expect([401, 404]).toContain(refused.status)
  await forgetMember(await jobActor(org.id, 'test'), sam.person.id)
  const own = await withOrg(dana.actor, (db) => db.cardCopy.findMany({ where: { userId: sam.person.id } }))
  expect(own).toMatchObject([{ sealed: null }])
})

test('what comes in after its viewer disconnected or left is not kept', async () => {
  const { org, dana } = await team()
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const { board } = await boardWith(dana, 'https://github.com/acme/api')
  const copies = () => withOrg(dana.actor, (db) => db.cardCopy.findMany({ where: { sealed: { not: null } } }))
  const sights = await Promise.all(
    [dana, sam].map(async (viewer) => {
      const { resource } = await onlyCard(viewer, board)
      const [copy] = await withOrg(viewer.actor, (db) => db.cardCopy.findMany({ where: { userId: viewer.person.id } }))
      if (!resource || !copy) throw new Error('the card was not read')
      const sight = { referenceId: copy.referenceId, resource, accountId: '1', at: new Date() }
      const { actor } = viewer
      if (!isPerson(actor)) throw new Error('no person')
      return () => keepCopies(actor, viewer.connectionId, { seen: [sight], lost: [] })
    }),
  )
  expect(await copies()).toHaveLength(2)
  await disconnect(dana.actor, dana.connectionId, true)
  await withOrg(dana.actor, async (db) => {
    await db.membership.updateMany({ where: { userId: sam.person.id }, data: { leftAt: new Date() } })
    await db.cardCopy.updateMany({ data: { sealed: null } })
  })
  for (const keep of sights) await keep()
  expect(await copies()).toEqual([])
})
