// quality 1: the id sweep. Every operation of the description, with every id of another organization.
import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { operations } from '#app/api/openapi.json/operations.ts'
import { openApi } from '#lib/http/openapi.ts'
import { unscoped } from '#lib/platform/db.ts'
import { OrganizationAnswer, OrganizationList } from '#lib/tenancy/schema.ts'
import { ApiTokenMade, Scope } from '#lib/tokens/schema.ts'
import { type Answer, bearer, person, type TestPerson } from '#tests/support/people.ts'
import { everythingOf, plantEverywhere } from '#tests/support/plant.ts'
import { type Schema, sample } from '#tests/support/sample.ts'

type Parameter = { name: string; in: string; schema: Schema }
type Described = {
  parameters: Parameter[]
  security: Record<string, string[]>[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
}
type Operation = { path: string; method: string; parameters: Parameter[]; body: unknown; takesTokens: boolean }

const document = openApi(operations) as { paths: Record<string, Record<string, Described>> } // as openApi builds it
const scoped: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  path.includes('{org}')
    ? Object.entries(methods).map(([method, { parameters, requestBody, security }]) => ({
        path,
        method: method.toUpperCase(),
        parameters,
        takesTokens: security.some((one) => 'token' in one),
        body: requestBody && sample(requestBody.content['application/json'].schema),
      }))
    : [],
)

let mine: TestPerson
let mineByToken: TestPerson
let theirs: TestPerson
let myIds: string[] = []
let theirIds: string[] = []
beforeAll(async () => {
  mine = await person('Dana')
  theirs = await person('Olga')
  mineByToken = { ...mine, ...bearer((await mine.post(mine.at('api-tokens'), everything, ApiTokenMade)).body.value) }
  myIds = [...(await plantEverywhere(mine.org.id)), mine.id]
  theirIds = [...(await plantEverywhere(theirs.org.id)), theirs.id]
})

const everything = { name: 'everything', scopes: Scope.options, expiresAt: null }

/** Fewer than any operation allows one person in its time; the counters are emptied before each. */
const AT_ONCE = 10

type Values = (parameter: Parameter) => string

async function ask(by: TestPerson, { path, method, parameters, body }: Operation, slug: string, value: Values) {
  await unscoped().throttle.deleteMany()
  const inPath = parameters.filter((parameter) => parameter.in === 'path')
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && 'required' in parameter && parameter.required)
    .map((parameter) => `${parameter.name}=${encodeURIComponent(String(sample(parameter.schema)))}`)
  const filled = inPath.reduce(
    (address, parameter) =>
      address.replace(`{${parameter.name}}`, encodeURIComponent(parameter.name === 'org' ? slug : value(parameter))),
    path,
  )
  const address = query.length > 0 ? `${filled}?${query.join('&')}` : filled
  return by.send(method, address, method === 'GET' ? undefined : body)
}

/** What an answer tells, apart from the id of the request. */
const told = ({ status, body }: Answer) => ({
  status,
  body: JSON.stringify(body).replace(/"requestId":"[^"]*"/, ''),
})

/** Whether a parameter takes an id of a row: then a UUID passes its schema. */
const isId = ({ name, schema }: Parameter) =>
  name !== 'org' && (schema.format === 'uuid' || (!schema.enum && !schema.pattern))

const named = ({ method, path }: Operation) => `${method} ${path}`

test.each([
  ['a session', () => mine],
  ['a token', () => mineByToken],
])(
  '1: by %s another organization reads like one that does not exist, at every operation',
  async (_, me) => {
    const different: string[] = []
    for (const operation of scoped) {
      const value: Values = (parameter) => (isId(parameter) ? (theirIds[0] ?? '') : String(sample(parameter.schema)))
      const foreign = told(await ask(me(), operation, theirs.org.slug, value))
      const unknown = told(await ask(me(), operation, 'nobody-is-called-this', value))
      if (foreign.status !== 404 || foreign.body !== unknown.body)
        different.push(`${named(operation)}: ${foreign.status} ${foreign.body}`)
    }
    expect(scoped.length).toBeGreaterThan(30)
    expect(different).toEqual([])
    console.log(`${scoped.length} operations x 1 foreign organization`)
  },
  120_000,
)

const idsOf = ({ parameters }: Operation) =>
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
      const unknown = told(await ask(mine, operation, mine.org.slug, fillWith(names, randomUUID(), leading)))
      const answers: Answer[] = []
      for (let at = 0; at < theirIds.length; at += AT_ONCE) {
        const some = theirIds.slice(at, at + AT_ONCE)
        answers.push(
          ...(await Promise.all(some.map((id) => ask(mine, operation, mine.org.slug, fillWith(names, id, leading))))),
        )
      }
      for (const [n, foreign] of answers.map(told).entries())
        if (foreign.status !== 404 || foreign.body !== unknown.body)
          different.push(`${named(operation)} ${theirIds[n]}: ${foreign.status} ${foreign.body}`)
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
  expect((await mineByToken.get(`/api/v1/orgs/${made.slug}`)).status).toBe(404)
  const { body: own } = await mineByToken.get('/api/v1/orgs', OrganizationList)
  expect(own.items.map(({ slug }) => slug)).toEqual([mine.org.slug])
})

test('1: by a token an id of another organization reads like one that does not exist, at every operation it may come to', async () => {
  const withIds = scoped.filter((operation) => operation.takesTokens && idsOf(operation).length > 0)
  const before = await everythingOf(theirs.org.id)
  const different: string[] = []
  for (const operation of withIds) {
    const names = idsOf(operation)
    const unknown = told(await ask(mineByToken, operation, mine.org.slug, fillWith(names, randomUUID(), null)))
    for (const id of theirIds) {
      const foreign = told(await ask(mineByToken, operation, mine.org.slug, fillWith(names, id, null)))
      if (foreign.status !== 404 || foreign.body !== unknown.body)
        different.push(`${named(operation)} ${id}: ${foreign.status} ${foreign.body}`)
    }
  }
  expect(withIds.length).toBeGreaterThan(20)
  expect(different).toEqual([])
  expect(await everythingOf(theirs.org.id)).toEqual(before)
}, 300_000)
