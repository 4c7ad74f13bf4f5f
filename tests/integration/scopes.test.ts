// What a connection was asked for, held against what it was given.
import { expect, test } from 'vitest'
import { ConnectionView } from '#lib/connections/schema.ts'
import { ScopesView } from '#lib/governance/schema.ts'
import { enter, findPerson } from '#lib/tenancy/actor.ts'
import { readSession } from '#lib/tenancy/read-session.ts'
import { connect } from '#tests/support/organization.ts'
import { member, person, type TestPerson } from '#tests/support/people.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

async function actorOf(by: TestPerson) {
  const token = await readSession(by.cookie)
  const found = token && (await findPerson(token, { ip: by.ip, requestId: 'test' }))
  if (!found) throw new Error('no session')
  return { person: found, actor: await enter(found, by.org.slug) }
}
const scopesOf = async (by: TestPerson) => (await by.get(by.at('scopes'), ScopesView)).body.items

async function pastePat(by: TestPerson, scopes: readonly string[], realtime: 'on' | 'off') {
  const { token } = await sandbox.control.set({ provider: 'github', makePat: { account: 'dana-k', scopes } })
  const fields = { token: String(token), realtime }
  const body = { provider: 'github', slot: 'organization', method: 'pat', fields, anyway: true }
  return (await by.post(by.at('connections'), body, ConnectionView)).body
}

test('T-SCP-1: what is missing and what nobody needs stand beside what was asked for, with how to narrow it', async () => {
  const dana = await person()
  await pastePat(dana, ['delete_repo'], 'on')
  const [one] = await scopesOf(dana)
  expect(one).toMatchObject({ provider: 'github', slot: 'organization', account: '@dana-k', known: 'told' })
  expect(one?.scopes.map(({ name, state, requested, granted }) => [name, state, requested, granted])).toEqual([
    ['repo', 'missing', true, false],
    ['admin:repo_hook', 'missing', true, false],
    ['delete_repo', 'extra', false, true],
  ])
  expect(one?.scopes.map(({ access, risk }) => [access, risk])).toEqual([
    ['write', null],
    ['write', null],
    [null, 'delete repositories'],
  ])
  expect(one?.scopes[0]?.why).toMatch(/^To read the repositories/)
  expect(one?.narrow).toMatchObject({
    text: expect.stringContaining('Make a token with only the permissions that are needed'),
    url: 'https://github.com/settings/tokens',
  })
})

test('what was given as it was asked for has nothing to narrow', async () => {
  const dana = await person()
  await pastePat(dana, ['repo'], 'off')
  const [one] = await scopesOf(dana)
  expect(one?.scopes.map(({ name, state }) => [name, state])).toEqual([['repo', 'needed']])
  expect(one?.narrow).toBeNull()
})

test('what a consent gave as it was asked for is needed and granted', async () => {
  const dana = await person()
  const { connection } = await connect(await actorOf(dana), { slot: 'organization', account: 'dana-k' })
  expect(connection?.status).toBe('connected')
  const [one] = await scopesOf(dana)
  expect(one?.scopes.every(({ state, granted }) => state === 'needed' && granted === true)).toBe(true)
  expect(one?.scopes.map(({ name }) => name)).toContain('read:user')
})

test('of a key whose provider tells nothing, what is granted was tried, and nothing is said of what else it allows', async () => {
  const dana = await person()
  const token = await sentryClient(sandbox.url).tokenFor()
  const body = { provider: 'sentry', slot: 'organization', method: 'api_key', fields: { organization: 'acme', token } }
  const { id } = (await dana.post(dana.at('connections'), body, ConnectionView)).body
  const seen = { known: 'tried', narrow: null }
  expect((await scopesOf(dana))[0]).toMatchObject(seen)
  await dana.post(dana.at(`connections/${id}/verify`))
  const [one] = await scopesOf(dana)
  expect(one).toMatchObject(seen)
  expect(one?.scopes.map(({ name, state }) => [name, state])).toEqual([
    ['org:read', 'needed'],
    ['project:read', 'needed'],
    ['event:read', 'needed'],
  ])
})

test('a member’s own account is shown to them alone, and the page only to those it is for', async () => {
  const dana = await person()
  const lee = await member(dana, 'reviewer', 'Lee')
  const priya = await member(dana, 'member', 'Priya')
  await connect(await actorOf(dana), { slot: 'user', account: 'dana-k' })
  await pastePat(dana, ['repo'], 'off')
  expect((await scopesOf(dana)).map(({ slot }) => slot).sort()).toEqual(['organization', 'user'])
  expect((await scopesOf(lee)).map(({ slot }) => slot)).toEqual(['organization'])
  expect((await priya.get(priya.at('scopes'))).status).toBe(403)
})
