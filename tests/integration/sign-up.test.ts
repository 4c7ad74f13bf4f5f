import { expect, test } from 'vitest'
import { unscoped, withSystem } from '#lib/platform/db.ts'
import { PersonView, SignUpAnswer } from '#lib/tenancy/schema.ts'
import { linkTo, mailsTo } from '#tests/support/mailbox.ts'
import { api, PASSWORD, person, signIn } from '#tests/support/people.ts'

const usersWith = (email: string) => withSystem('sign-in', (db) => db.user.count({ where: { email } }))

test('who signs up owns an organization and is signed in as themselves', async () => {
  const dana = await person('Dana')
  const { body } = await dana.get('/api/v1/me', PersonView)
  expect(body).toEqual({ id: dana.id, name: 'Dana', email: dana.email, emailConfirmed: true })
  expect((await dana.get(dana.at())).body).toMatchObject({ role: 'owner', whoMayConnect: 'admins' })
})

test('an address that has an account is refused at its field, whatever its case, and nothing is made', async () => {
  const dana = await person('Dana')
  const input = { name: 'Dana', email: dana.email.toUpperCase(), password: PASSWORD, organization: 'Second' }
  const again = await api().post('/api/v1/sign-up', input)
  expect(again.status).toBe(409)
  expect(again.body).toMatchObject({ type: '/problems/already-exists', errors: [{ pointer: '/email' }] })
  expect(await usersWith(dana.email)).toBe(1)
  const named = await withSystem('sign-in', (db) => db.organization.count({ where: { name: 'Second' } }))
  expect(named).toBe(0)
})

test('two organizations of one name get different addresses', async () => {
  const sign = (email: string) =>
    api().post('/api/v1/sign-up', { name: 'N', email, password: PASSWORD, organization: 'Zażółć & Søn' }, SignUpAnswer)
  const both = await Promise.all([sign('a@twins.test'), sign('b@twins.test')])
  expect(both.map(({ body }) => body.organization.slug).sort()).toEqual(['zazolc-son', 'zazolc-son-2'])
})

test('a name that makes one of our own addresses is refused at its field, and no account is left behind', async () => {
  const input = { name: 'N', email: 'login@own.test', password: PASSWORD, organization: 'Login' }
  const refused = await api().post('/api/v1/sign-up', input)
  expect(refused.status).toBe(422)
  expect(refused.body).toMatchObject({ errors: [{ pointer: '/organization' }] })
  expect(await usersWith('login@own.test')).toBe(0)
})

test('every field that is wrong is named, each text beginning with its label', async () => {
  const refused = await api().post('/api/v1/sign-up', { name: ' ', email: 'nope', password: 'short', organization: '' })
  expect(refused.body).toMatchObject({
    status: 422,
    errors: [
      { pointer: '/name', detail: expect.stringMatching(/^Name /) },
      { pointer: '/email', detail: expect.stringMatching(/^Email address /) },
      { pointer: '/password', detail: expect.stringMatching(/^Password /) },
      { pointer: '/organization', detail: expect.stringMatching(/^Organization name /) },
    ],
  })
})

test.each([
  ['a body that is no JSON', '{"name":', 400],
  ['a body that is no object', '[]', 422],
  ['the character U+0000', { name: 'a\u0000b', email: 'n@nul.test', password: PASSWORD, organization: 'Nul' }, 422],
  ['nothing to belong to', { name: 'N', email: 'n@nul.test', password: PASSWORD }, 422],
])('%s is told what is wrong, not that we failed', async (_, body, status) => {
  expect((await api().post('/api/v1/sign-up', body)).status).toBe(status)
})

test('the mailed link confirms the address; a copy of it that was used confirms nobody else', async () => {
  const nia = await person('Nia', { confirmed: false })
  expect((await nia.get('/api/v1/me', PersonView)).body.emailConfirmed).toBe(false)
  const token = await linkTo(nia.email, 'confirm')
  expect((await api().post(`/api/v1/email-confirmations/${token}`)).status).toBe(204)
  expect((await nia.get('/api/v1/me', PersonView)).body.emailConfirmed).toBe(true)
  expect((await api().post(`/api/v1/email-confirmations/${'x'.repeat(43)}`)).status).toBe(410)
})

test('the confirmation can be sent again; the link before it ends', async () => {
  const nia = await person('Nia', { confirmed: false })
  const first = await linkTo(nia.email, 'confirm')
  expect((await nia.post('/api/v1/email-confirmations')).status).toBe(204)
  const second = await linkTo(nia.email, 'confirm', 1)
  expect((await api().post(`/api/v1/email-confirmations/${first}`)).status).toBe(410)
  expect((await api().post(`/api/v1/email-confirmations/${second}`)).status).toBe(204)
  await nia.post('/api/v1/email-confirmations')
  expect(await mailsTo(nia.email)).toHaveLength(2) // confirmed: nothing to send
})

test('a password is kept as scrypt with its settings, never in clear, and twice the same differs', async () => {
  const [dana, sam] = [await person('Dana'), await person('Sam')]
  const rows = await withSystem('sign-in', (db) => db.user.findMany({ where: { id: { in: [dana.id, sam.id] } } }))
  const hashes = rows.map(({ passwordHash }) => passwordHash)
  expect(new Set(hashes).size).toBe(2)
  for (const hash of hashes) expect(hash).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$[\w-]{22}\$[\w-]{43}$/)
})

test('a password is the same however its letters are put together', async () => {
  const email = 'composed@letters.test'
  const input = { name: 'N', email, password: 'caf\u00e9 caf\u00e9 caf\u00e9', organization: 'Letters' }
  await api().post('/api/v1/sign-up', input, SignUpAnswer)
  expect((await signIn(email, 'cafe\u0301 cafe\u0301 cafe\u0301')).status).toBe(200)
})

test('a new organization can be made at an address of choice, once', async () => {
  const dana = await person('Dana')
  const made = await dana.post('/api/v1/orgs', { name: 'Labs', slug: 'dana-labs' })
  expect(made.body).toMatchObject({ slug: 'dana-labs' })
  expect((await dana.post('/api/v1/orgs', { name: 'Labs', slug: 'dana-labs' })).body).toMatchObject({
    type: '/problems/already-exists',
    errors: [{ pointer: '/slug' }],
  })
  const bad = ['api', 'login', 'A', '-a', 'a_b', '']
  const refused = await Promise.all(bad.map((slug) => dana.post('/api/v1/orgs', { name: 'Labs', slug })))
  expect(refused.map(({ status }) => status)).toEqual(bad.map(() => 422))
})

test('what a person may use is not theirs to read from another: no rows without an organization', async () => {
  await person('Dana')
  expect(await unscoped().user.count()).toBe(0)
  expect(await unscoped().session.count()).toBe(0)
  expect(await unscoped().emailToken.count()).toBe(0)
})
