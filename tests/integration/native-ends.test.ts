// What native mode keeps to while connections end, come back and change hands.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startConnect } from '#lib/attempts/start.ts'
import { ConnectionView } from '#lib/connections/schema.ts'
import { probe } from '#lib/connections/verify.ts'
import { credentialsIn, DANA } from '#tests/support/atlassian.ts'
import { again, asked, nativeOrganization, sharedSlot, siteOf, turn, verify } from '#tests/support/native.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const SPACES = /\/wiki\/api\/v2\/spaces$/
const siteHas = siteOf(sandbox)

test('a probe brings nothing back that was disconnected, also where it was under way', async () => {
  const { org, dana } = await nativeOrganization(siteHas)
  await siteHas('on')
  const { id } = await verify(dana)
  await sandbox.control.faults([{ provider: 'confluence', path: '/**/wiki/api/v2/spaces', delayMs: 1500 }])
  await sandbox.control.clearLog()
  const asking = probe(dana.actor, id)
  await expect.poll(async () => (await sandbox.control.log()).some(({ path }) => SPACES.test(path))).toBe(true)
  expect((await dana.delete(dana.at(`connections/${id}`))).status).toBe(200)
  await asking
  expect(await sharedSlot(dana)).toMatchObject({ status: 'disconnected' })

  await sandbox.control.clearFaults()
  await probe(dana.actor, id)
  expect(await sharedSlot(dana)).toMatchObject({ status: 'disconnected', nextAction: { id: 'verify_access' } })
  expect(await credentialsIn(org)).toHaveLength(1)
})

test('access that outlived Jira is probed with the grant it stands on', async () => {
  const { jira, dana } = await nativeOrganization(siteHas)
  await siteHas('on')
  const { id } = await verify(dana)
  await dana.delete(dana.at(`connections/${jira}`))
  await sandbox.control.revoke({ provider: 'jira', account: DANA })
  await probe(dana.actor, id)
  expect(await sharedSlot(dana)).toMatchObject({ status: 'needs_reauth' })
})

test('back in standard mode what was verified without access is connected as if nothing stood there', async () => {
  const { dana } = await nativeOrganization(siteHas)
  await siteHas('on')
  await sandbox.control.set({ provider: 'confluence', member: { site: 'acme', email: DANA, confluence: false } })
  expect(await verify(dana)).toMatchObject({ status: 'no_access' })
  await sandbox.control.set({ provider: 'confluence', member: { site: 'acme', email: DANA, confluence: true } })
  await turn(dana, 'standard')
  expect(await sharedSlot(await again(dana))).toMatchObject({ nextAction: { id: 'connect', may: true } })
})

test('in native mode what is verified is connected in no other way; each person’s own account is', async () => {
  const { dana } = await nativeOrganization(siteHas)
  const start = { slot: 'organization', attempt: randomUUID(), via: 'form', browser: null } as const // as const: names of choices
  await expect(startConnect(dana.actor, { ...start, provider: 'confluence' })).rejects.toMatchObject({
    extra: { errors: [{ pointer: '/method' }] },
  })
  await expect(startConnect(dana.actor, { ...start, provider: 'jira', also: ['confluence'] })).rejects.toMatchObject({
    extra: {
      errors: [{ pointer: '/also', detail: 'Access to Confluence is verified in native mode, not connected.' }],
    },
  })
  await siteHas('on')
  const own = await startConnect(dana.actor, { ...start, provider: 'confluence', slot: 'user' })
  expect(own.authorizeUrl).toContain('confluence')
})

test('what a consent of its own opened keeps its token while access is shut, and says so', async () => {
  await siteHas('on')
  const org = await newOrganization()
  const dana = await ownerOf(org)
  await connect(org.owner, { provider: 'jira', slot: 'organization', account: DANA, also: ['confluence'] })
  await turn(dana, 'native')
  const native = await again(dana)
  await siteHas('blocked')
  expect(await verify(native)).toMatchObject({ status: 'setup_required', method: 'oauth2' })
  await siteHas('on')
  expect(await verify(native)).toMatchObject({ status: 'connected', method: 'verified' })
})

test('what is verified is with the account of whoever connected Jira, also where another had connected it', async () => {
  await siteHas('on')
  const org = await newOrganization()
  const [dana, priya] = [await ownerOf(org), await joins(org, 'admin', 'Priya')]
  await connect(priya, { provider: 'confluence', slot: 'organization', account: DANA })
  await connect(org.owner, { provider: 'jira', slot: 'organization', account: DANA })
  expect((await sharedSlot(dana))?.connection?.createdBy).toMatchObject({ name: 'Priya' })
  expect((await turn(dana, 'native')).status).toBe(200)
  const { body } = await priya.post(priya.at('connections'), asked, ConnectionView)
  expect(body).toMatchObject({ status: 'connected', createdBy: { name: dana.person.name } })
})

test('a refusal that Jira does not share is not told as Jira’s end', async () => {
  const { dana } = await nativeOrganization(siteHas)
  await siteHas('on')
  await sandbox.control.faults([{ provider: 'confluence', path: '/**/wiki/api/v2/spaces', status: 401 }])
  expect(await dana.post(dana.at('connections'), asked)).toMatchObject({
    status: 502,
    body: { detail: 'Confluence didn’t answer. Nothing changed.' },
  })
  expect(await sharedSlot(dana, 'jira')).toMatchObject({ status: 'connected' })
})
