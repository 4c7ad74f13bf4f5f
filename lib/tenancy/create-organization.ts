import { randomInt } from 'node:crypto'
import { record } from '#lib/audit/record.ts'
import { type Db, withSystem } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import type { Origin, Person } from './actor.ts'
import { SLUG_LENGTH, Slug, slugOf } from './schema.ts'

export type Founder = { id: string; name: string; origin: Origin }
export type Founded = { id: string; slug: string }

const TRIES = 20
/** So many organizations of one name are numbered; for more, counting on would take a try for each. */
const COUNTED = 9

const numbered = (slug: string, n: number): string =>
  n === 1 ? slug : `${slug.slice(0, SLUG_LENGTH - String(n).length - 1).replace(/-$/, '')}-${n}`

/**
 * Makes an organization with its first owner. Without `slug` its address is made of the name, with a number where that
 * is taken. Throws 422 for an address of ours, 409 for a given one that is taken. `field` is where the name was typed.
 */
export async function foundOrganization(
  db: Db,
  founder: Founder,
  { name, slug, field = 'name' }: { name: string; slug?: string; field?: string },
): Promise<Founded> {
  const wanted = Slug.safeParse(slug ?? (slugOf(name) || 'team'))
  if (!wanted.success) throw fieldProblem(slug === undefined ? field : 'slug', wanted.error.issues[0]?.message ?? '')
  for (let n = 1; n <= TRIES; n++) {
    const data = { name, slug: numbered(wanted.data, n <= COUNTED ? n : randomInt(1000, 1_000_000)) }
    const [made] = await db.organization.createManyAndReturn({ data, skipDuplicates: true })
    if (made) {
      await settle(db, founder, made)
      return { id: made.id, slug: made.slug }
    }
    if (slug !== undefined) break
  }
  const detail = 'This address is taken. Choose another.'
  throw new Problem('already-exists', detail, {
    errors: [{ pointer: slug === undefined ? `/${field}` : '/slug', detail }],
  })
}

async function settle(db: Db, founder: Founder, { id, name, slug }: { id: string; name: string; slug: string }) {
  await db.membership.create({ data: { organizationId: id, userId: founder.id, role: 'owner' } })
  const author = { ...founder, kind: 'user' as const, organizationId: id, userId: founder.id }
  await record(db, author, 'organization.created', { kind: 'organization', id, name }, { after: { name, slug } })
}

/** Another organization for somebody who is signed in; they become its owner. */
export const createOrganization = (person: Person, input: { name: string; slug?: string }): Promise<Founded> =>
  withSystem('sign-up', (db) => foundOrganization(db, person, input))
