// The demo of embedded mode: two organizations with people who can sign in, one of them connected to simulated tools. Safe to run
// at every start: what is there stays.
import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, disconnect, withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { stopSending } from '#lib/platform/jobs.ts'
import { hashPassword } from '#lib/tenancy/hash-password.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'
import { plantConnections } from './demo-connections.ts'

const PASSWORD = 'plugboard-demo'

type Demo = { slug: string; name: string; people: readonly { email: string; name: string; role: RoleName }[] }
const demos: readonly Demo[] = [
  {
    slug: 'acme',
    name: 'Acme',
    people: [
      { email: 'owner@acme.test', name: 'Dana Kim', role: 'owner' },
      { email: 'admin@acme.test', name: 'Sam Ortiz', role: 'admin' },
      { email: 'member@acme.test', name: 'Priya Nair', role: 'member' },
      { email: 'reviewer@acme.test', name: 'Lee Park', role: 'reviewer' },
    ],
  },
  { slug: 'globex', name: 'Globex', people: [{ email: 'owner@globex.test', name: 'Olga Brandt', role: 'owner' }] },
]

/** One organization with its people, all of it or nothing. Whoever removed or renamed something finds it so. */
async function plant(db: Db, { slug, name, people }: Demo, passwordHash: string): Promise<void> {
  const [organization] = await db.organization.createManyAndReturn({ data: { slug, name }, skipDuplicates: true })
  if (!organization) return
  const subject = { kind: 'organization', id: organization.id, name }
  const origin = { ip: null, requestId: 'demo-seed' }
  const author = { organizationId: organization.id, kind: 'job' as const, userId: null, name: 'demo seed', origin }
  await record(db, author, 'organization.created', subject, { after: { name, slug } })
  for (const { email, name: who, role } of people) {
    const data = { email, name: who, passwordHash, emailConfirmedAt: now() }
    const user = await db.user.upsert({ where: { email }, create: data, update: {} })
    await db.membership.create({ data: { organizationId: organization.id, userId: user.id, role } })
    await record(db, author, 'member.joined', { kind: 'user', id: user.id, name: who }, { after: { role } })
  }
}

async function plantPeople(): Promise<void> {
  const planted = await withSystem('demo seed', (db) =>
    db.organization.count({ where: { slug: { in: demos.map(({ slug }) => slug) } } }),
  )
  if (planted === demos.length) return
  const passwordHash = await hashPassword(PASSWORD)
  await withSystem('demo seed', async (db) => {
    for (const demo of demos) await plant(db, demo, passwordHash)
  })
}

if (env().EMBEDDED) {
  await plantPeople()
  await plantConnections('acme')
} else console.log('[seed] not embedded: nothing is planted')
await stopSending()
await disconnect()
