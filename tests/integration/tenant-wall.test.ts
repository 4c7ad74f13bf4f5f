// quality 1: the id sweep. Every operation of the description, with every id of another organization.
import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { OrganizationAnswer, OrganizationList } from '#lib/tenancy/schema.ts'
import { ApiTokenMade, Scope } from '#lib/tokens/schema.ts'
import type { Described } from '#tests/support/described.ts'
import { bearer, person, type TestPerson } from '#tests/support/people.ts'
import { everythingOf, plantEverywhere } from '#tests/support/plant.ts'
import { sample } from '#tests/support/sample.ts'
import { ask, type By, isId, scoped, type Values } from '#tests/support/sweep.ts'

let mine: TestPerson
let mineByToken: By
let theirs: TestPerson
let myIds: string[] = []
let theirIds: string[] = []
beforeAll(async () => {
  mine = await person('Dana')
  theirs = await person('Olga')
  const token = (await mine.post(mine.at('api-tokens'), everything, ApiTokenMade)).body.value
  mineByToken = { cookie: '', ip: mine.ip, token }
  myIds = [...(await plantEverywhere(mine.org.id)), mine.id]
  theirIds = [...(await plantEverywhere(theirs.org.id)), theirs.id]
})

const everything = { name: 'everything', scopes: Scope.options, expiresAt: null }

/** Fewer than any operation allows one person in its time; the counters are emptied before each. */
const AT_ONCE = 10

test.each([
  ['a session', () => mine],
  ['a token', () => mineByToken],
])(
  '1: by %s another organization reads like one that does not exist, at every operation',
  async (_, me) => {
    const different: string[] = []
    for (const operation of scoped) {
      const value: Values = (parameter) => (isId(parameter) ? (theirIds[0] ?? '') : String(sample(parameter.schema)))
      const foreign = await ask(me(), operation, { slug: theirs.org.slug, value })
      const unknown = await ask(me(), operation, { slug: 'nobody-is-called-this', value })
      if (foreign.status !== 404 || foreign.body !== unknown.body)
        different.push(`${operation.name}: ${foreign.status} ${foreign.body}`)
    }
    expect(scoped.length).toBeGreaterThan(30)
    expect(different).toEqual([])
    console.log(`${scoped.length} operations x 1 foreign organization`)
  },
  120_000,
)

const idsOf = ({ parameters }: Described) =>
  parameters.filter((one) => one.in === 'path' && isId(one)).map(({ name }) => name)

/** The last id of the path is `last`; those before it are our own `leading`, or `last` too where there is none. */
const fillWith =
  (names: readonly string[], last: string, leading: string | null): Values =>
  (parameter) => {
    if (!isId(parameter)) return String(sample(parameter.schema))
    return parameter.name === names.at(-1) || leading === null ? last : leading
  }

test('1: an id of another organization reads like one that does not exist, at every operation', async () => {
  const withIds = scoped.filter((operation) => idsOf(operation).length > 0)
  const before = await everythingOf(theirs.org.id)
  const different: string[] = []
  let tried = 0
  for (const operation of withIds) {
    const names = idsOf(operation)
    for (const leading of names.length > 1 ? [null, ...myIds] : [null]) {
      const trying = (id: string) => ask(mine, operation, { slug: mine.org.slug, value: fillWith(names, id, leading) })
      const unknown = await trying(randomUUID())
      const answers: Awaited<ReturnType<typeof trying>>[] = []
      for (let at = 0; at < theirIds.length; at += AT_ONCE) {
        const some = theirIds.slice(at, at + AT_ONCE)
        answers.push(...(await Promise.all(some.map(trying))))
      }
      for (const [n, foreign] of answers.entries())
        if (foreign.status !== 404 || foreign.body !== unknown.body)
          different.push(`${operation.name} ${theirIds[n]}: ${foreign.status} ${foreign.body}`)
      tried += answers.length
    }
  }
  expect(different).toEqual([])
  expect(await everythingOf(theirs.org.id)).toEqual(before)
  console.log(`${withIds.length} operations x ${theirIds.length} ids of another organization: ${tried} tried`)
}, 300_000)

test('1: a token opens its own organization alone, also where its maker belongs to another', async () => {
  const { body: made } = await mine.post('/api/v1/orgs', { name: 'Second' }, OrganizationAnswer)
  expect((await mine.get(`/api/v1/orgs/${made.slug}`)).status).toBe(200)
  const script = bearer(mineByToken.token ?? '')
  expect((await script.get(`/api/v1/orgs/${made.slug}`)).status).toBe(404)
  const { body: own } = await script.get('/api/v1/orgs', OrganizationList)
  expect(own.items.map(({ slug }) => slug)).toEqual([mine.org.slug])
})

test('1: by a token an id of another organization reads like one that does not exist, at every operation it may come to', async () => {
  const withIds = scoped.filter((operation) => operation.scope !== null && idsOf(operation).length > 0)
  const before = await everythingOf(theirs.org.id)
  const different: string[] = []
  for (const operation of withIds) {
    const names = idsOf(operation)
    const trying = (id: string) =>
      ask(mineByToken, operation, { slug: mine.org.slug, value: fillWith(names, id, null) })
    const unknown = await trying(randomUUID())
    for (const id of theirIds) {
      const foreign = await trying(id)
      if (foreign.status !== 404 || foreign.body !== unknown.body)
        different.push(`${operation.name} ${id}: ${foreign.status} ${foreign.body}`)
    }
  }
  expect(withIds.length).toBeGreaterThan(20)
  expect(different).toEqual([])
  expect(await everythingOf(theirs.org.id)).toEqual(before)
}, 300_000)
