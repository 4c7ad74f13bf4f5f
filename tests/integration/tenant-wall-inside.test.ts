// quality 1: what the sweep over paths does not come to: every other form of an answer, and ids of another organization that are
// sent or that narrow a list.
import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { asSuperuser, scopedTables } from '#tests/support/as-superuser.ts'
import { person, type TestPerson } from '#tests/support/people.ts'
import { everythingOf, plantEverywhere } from '#tests/support/plant.ts'
import { type Schema, sample } from '#tests/support/sample.ts'
import { ask, isId, named, type Operation, scoped, type Values } from '#tests/support/sweep.ts'

let mine: TestPerson
let theirs: TestPerson
let theirIds: string[] = []
/** A row of each table of ours, by the table's name in small letters. */
const own = new Map<string, string>()
beforeAll(async () => {
  mine = await person('Dana')
  theirs = await person('Olga')
  await plantEverywhere(mine.org.id)
  theirIds = [...(await plantEverywhere(theirs.org.id)), theirs.id]
  await asSuperuser(async (client) => {
    for (const table of await scopedTables(client)) {
      const sql = `SELECT to_jsonb(t)->>'id' AS id FROM "${table}" t WHERE "organizationId" = $1 LIMIT 1`
      const { rows } = await client.query<{ id: string | null }>(sql, [mine.org.id])
      if (rows[0]?.id) own.set(table.toLowerCase(), rows[0].id)
    }
  })
})

/** The row of ours that a name of the path stands for: `object` is a BoardObject. */
const ownNamed = (name: string): string =>
  own.get(name) ?? [...own].find(([table]) => table.endsWith(name))?.[1] ?? mine.id

const ownValue: Values = (parameter) => (isId(parameter) ? ownNamed(parameter.name) : String(sample(parameter.schema)))

const choicesOf = (schema: Schema): Schema[] =>
  (schema.anyOf ?? schema.oneOf ?? [schema]).flatMap((one) => (one === schema ? [one] : choicesOf(one)))
const takesUuid = (schema: Schema): boolean => choicesOf(schema).some((one) => one.format === 'uuid')

/** Everything that can be sent with an id somewhere in it, each as a function of that id. */
const bodiesOf = ({ schema }: Operation): { field: string; make: (id: string) => unknown }[] =>
  choicesOf(schema ?? {}).flatMap((choice) =>
    Object.entries(choice.properties ?? {}).flatMap(([field, one]) => {
      const isList = one.items !== undefined && takesUuid(one.items)
      if (!isList && !takesUuid(one)) return []
      const rest = sample(choice) as object // of a schema with properties
      return [{ field, make: (id: string) => ({ ...rest, [field]: isList ? [id] : id }) }]
    }),
  )

type Tried = {
  operation: Operation
  field: string
  with: (id: string) => { body?: unknown; query?: Record<string, string> }
}
const places: Tried[] = scoped.flatMap((operation) => [
  ...bodiesOf(operation).map(({ field, make }) => ({ operation, field, with: (id: string) => ({ body: make(id) }) })),
  ...operation.parameters
    .filter((one) => one.in === 'query' && takesUuid(one.schema))
    .map(({ name }) => ({ operation, field: name, with: (id: string) => ({ query: { [name]: id } }) })),
])

/** What an answer tells when the id that was sent is taken out of it, and what is new in each: ids and times. */
const told = ({ status, body }: { status: number; body: string }, sent: string) =>
  `${status} ${body
    .replaceAll(sent, 'ID')
    .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'NEW')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')}`

test('1: an id of another organization that is sent, or asked for in a list, tells no more than one that never was', async () => {
  const before = await everythingOf(theirs.org.id)
  const different: string[] = []
  for (const { operation, field, with: sending } of places) {
    const tell = async (id: string) =>
      told(await ask(mine, operation, { slug: mine.org.slug, value: ownValue, ...sending(id) }), id)
    const unknown = await tell(randomUUID())
    for (const id of theirIds) {
      const foreign = await tell(id)
      if (foreign !== unknown) different.push(`${named(operation)} with ${field}: ${foreign} instead of ${unknown}`)
    }
  }
  expect([...new Set(places.map(({ field }) => field))].sort()).toEqual(
    expect.arrayContaining(['connection', 'section']),
  )
  expect([...new Set(different)]).toEqual([])
  expect(await everythingOf(theirs.org.id)).toEqual(before)
  console.log(places.map(({ operation, field }) => `${named(operation)} ${field}`).join('\n'))
}, 300_000)

test('1: another organization reads like one that does not exist also as lines, as a stream of events and as an export', async () => {
  const different: string[] = []
  const forms = new Set<string>()
  for (const operation of scoped)
    for (const accept of operation.media.filter((one) => one !== 'application/json')) {
      forms.add(accept)
      const foreign = await ask(mine, operation, { slug: theirs.org.slug, value: ownValue, accept })
      const unknown = await ask(mine, operation, { slug: 'nobody-is-called-this', value: ownValue, accept })
      if (foreign.status !== 404 || foreign.body !== unknown.body)
        different.push(`${named(operation)} as ${accept}: ${foreign.status} ${foreign.body}`)
      for (const id of theirIds) {
        const value: Values = (parameter) => (isId(parameter) ? id : String(sample(parameter.schema)))
        if (!operation.parameters.some((one) => one.in === 'path' && isId(one))) break
        const { status } = await ask(mine, operation, { slug: mine.org.slug, value, accept })
        if (status !== 404) different.push(`${named(operation)} as ${accept} with ${id}: ${status}`)
      }
    }
  expect([...forms].sort()).toEqual(['application/x-ndjson', 'text/csv', 'text/event-stream'])
  expect(different).toEqual([])
}, 240_000)
