import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { MemberList, OrganizationList } from '#lib/tenancy/schema.ts'
import { api, signIn } from '#tests/support/people.ts'

const run = promisify(execFile)
const seed = (env: Record<string, string> = {}) =>
  run(process.execPath, ['--import', './scripts/lib/server-only.mjs', 'prisma/seed.ts'], {
    env: { ...process.env, ...env },
  })

const demo = async (email: string) => api((await signIn(email, 'plugboard-demo')).cookie)

test('outside embedded mode nothing is planted', async () => {
  await seed({ EMBEDDED: '' })
  expect((await signIn('owner@acme.test', 'plugboard-demo')).status).toBe(401)
})

test('the demo has its people, once, however often it starts; what somebody changed stays', async () => {
  await seed()
  const owner = await demo('owner@acme.test')
  const { items } = (await owner.get('/api/v1/orgs/acme/members', MemberList)).body
  expect(items.map(({ name, email, role }) => [name, email, role])).toEqual([
    ['Dana Kim', 'owner@acme.test', 'owner'],
    ['Lee Park', 'reviewer@acme.test', 'reviewer'],
    ['Priya Nair', 'member@acme.test', 'member'],
    ['Sam Ortiz', 'admin@acme.test', 'admin'],
  ])
  const lee = items.find(({ name }) => name === 'Lee Park')
  await owner.delete(`/api/v1/orgs/acme/members/${lee?.id}`)
  await seed()
  expect((await owner.get('/api/v1/orgs/acme/members', MemberList)).body.items).toHaveLength(3)
  const olga = await demo('owner@globex.test')
  expect((await olga.get('/api/v1/orgs', OrganizationList)).body.items).toMatchObject([
    { slug: 'globex', role: 'owner' },
  ])
  expect((await olga.get('/api/v1/me')).body).toMatchObject({ emailConfirmed: true })
  expect((await olga.get('/api/v1/orgs/acme')).status).toBe(404)
})
