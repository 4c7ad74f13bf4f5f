// quality 1: what the sweep over paths does not come to: every other form of an answer, and ids of another organization that are
// sent or that narrow a list.
import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { Described } from '#tests/support/described.ts'
import { furnish } from '#tests/support/furnish.ts'
import { person, type TestPerson } from '#tests/support/people.ts'
import { everythingOf, plantEverywhere } from '#tests/support/plant.ts'
import { type Schema, sample } from '#tests/support/sample.ts'
import { ask, isId, mediaOf, type Parameter, scoped, type Values } from '#tests/support/sweep.ts'
import type { Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

withSandbox()

let mine: Viewer
let theirs: TestPerson
let theirIds: string[] = []
/** One of everything of ours, by the names that the document has for it. */
let own: Readonly<Record<string, string>> & { org: string; board: string }
const Id = z.object({ id: z.string() })

beforeEach(async () => {
  const { dana, values } = await furnish()
  const token = (await dana.post(dana.at('api-tokens'), { name: 'deploy', scopes: ['boards:read'] }, Id)).body.id
  mine = dana
  own = { ...values, token, person: dana.person.id }
  theirs = await person('Olga')
  theirIds = [...(await plantEverywhere(theirs.org.id)), theirs.id]
})

const ownValue: Values = ({ name, schema }) => own[name] ?? String(sample(schema))

const choicesOf = (schema: Schema): Schema[] =>
  (schema.anyOf ?? schema.oneOf ?? [schema]).flatMap((one) => (one === schema ? [one] : choicesOf(one)))
const takesUuid = (schema: Schema): boolean => choicesOf(schema).some((one) => one.format === 'uuid')

let sent = 0
/** What is sent around an id so that the id is what counts: by the operation, or by the kind of what is sent. */
const around: Record<string, () => object> = {
  'POST orgs/{org}/connect-attempts': () => ({ provider: 'github' }),
  'PATCH orgs/{org}/boards/{board}/objects/{object}': () => ({ section: null }),
  link: () => ({ url: `https://github.com/acme/api/issues/${++sent}` }),
  result: () => ({ connection: own.connection, kind: 'repository', resource: `${++sent}` }),
  connector: () => ({ from: own.object, to: own.note }),
}

/** Everything that can be sent with an id somewhere in it, each as a function of that id. */
const bodiesOf = ({ name, body }: Described) =>
  choicesOf(body ?? {}).flatMap((choice) => {
    const { type, connection, url } = choice.properties ?? {}
    const kind = url ? 'link' : type && connection ? 'result' : typeof type?.const === 'string' ? type.const : ''
    return Object.entries(choice.properties ?? {}).flatMap(([field, one]) => {
      const isList = one.items !== undefined && takesUuid(one.items)
      if (!isList && !takesUuid(one)) return []
      const rest = () => ({ ...Object(sample(choice)), ...around[name]?.(), ...around[kind]?.() })
      const make = (id: string) => ({ body: { ...rest(), [field]: isList ? [id] : id } })
      return [{ place: `${name}${kind && ` ${kind}`}: ${field}`, field, make }]
    })
  })

/** Parameters of a query that are words, each of its own kind; every other one could be an id. */
const words = ['action', 'force', 'kind', 'parent', 'provider', 'q', 'target']
const mayBeId = ({ name, schema, ...parameter }: Parameter): boolean =>
  parameter.in === 'query' &&
  schema.type === 'string' &&
  (schema.format === 'uuid' || !(schema.format ?? schema.enum ?? schema.const ?? schema.pattern)) &&
  !words.includes(name)

const queriesOf = ({ name, parameters }: Described) =>
  parameters.filter(mayBeId).map(({ name: field }) => ({
    place: `${name}?${field}`,
    field,
    make: (id: string) => ({ query: { [field]: id } }),
  }))

const places = scoped.flatMap((operation) =>
  [...bodiesOf(operation), ...queriesOf(operation)].map((one) => ({ ...one, operation })),
)

/** The name of what is ours and counts there, where it is another than the place's own. */
const counting: Record<string, string> = {
  actor: 'person',
  after: 'note',
  from: 'object',
  objects: 'object',
  to: 'note',
  'GET orgs/{org}/api-tokens?cursor': 'token',
  'GET orgs/{org}/connection-requests?cursor': 'request',
  'GET orgs/{org}/connections?cursor': 'connection',
  'GET orgs/{org}/invitations?cursor': 'invitation',
  'GET orgs/{org}/members?cursor': 'member',
}
/** Where an id of ours tells no more either. */
const deafPlaces = [
  'POST orgs/{org}/boards/{board}/ask: cards', // no model is connected here: ask.test.ts
  'GET orgs/{org}/boards?cursor', // says where a page ended, with no id of a row
  'GET orgs/{org}/connections/{connection}/resources?cursor', // the provider's own
]

/** What an answer tells when the id that was sent is taken out of it, and what is new in each: ids and times. */
const told = ({ status, body }: { status: number; body: string }, sent: string) =>
  `${status} ${body
    .replaceAll(sent, 'ID')
    .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'NEW')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')}`

test('1: an id of another organization that is sent, or asked for in a list, tells no more than one that never was', async () => {
  const before = await everythingOf(theirs.org.id)
  const different: string[] = []
  const deaf: string[] = []
  for (const { operation, place, field, make } of places) {
    const tell = async (id: string) =>
      told(await ask(mine, operation, { slug: own.org, value: ownValue, ...make(id) }), id)
    const unknown = await tell(randomUUID())
    for (const id of theirIds) {
      const foreign = await tell(id)
      if (foreign !== unknown) different.push(`${place}: ${foreign} instead of ${unknown}`)
    }
    const ours = await tell(own[counting[place] ?? counting[field] ?? field] ?? own.board)
    if (ours === unknown) deaf.push(place)
  }
  expect(places.map(({ place }) => place)).toHaveLength(24)
  expect([...new Set(different)]).toEqual([])
  expect(deaf.sort()).toEqual(deafPlaces.sort())
  expect(await everythingOf(theirs.org.id)).toEqual(before)
}, 300_000)

test('1: another organization reads like one that does not exist also as lines, as a stream of events and as an export', async () => {
  const different: string[] = []
  const forms = new Set<string>()
  for (const operation of scoped)
    for (const accept of mediaOf(operation).filter((one) => one !== 'application/json')) {
      forms.add(accept)
      const foreign = await ask(mine, operation, { slug: theirs.org.slug, value: ownValue, accept })
      const unknown = await ask(mine, operation, { slug: 'nobody-is-called-this', value: ownValue, accept })
      if (foreign.status !== 404 || foreign.body !== unknown.body)
        different.push(`${operation.name} as ${accept}: ${foreign.status} ${foreign.body}`)
      for (const id of theirIds) {
        const value: Values = (parameter) => (isId(parameter) ? id : String(sample(parameter.schema)))
        if (!operation.parameters.some((one) => one.in === 'path' && isId(one))) break
        const { status } = await ask(mine, operation, { slug: own.org, value, accept })
        if (status !== 404) different.push(`${operation.name} as ${accept} with ${id}: ${status}`)
      }
    }
  expect([...forms].sort()).toEqual(['application/x-ndjson', 'text/csv', 'text/event-stream'])
  expect(different).toEqual([])
}, 240_000)
