// quality 1: the id sweep. Every operation of the description, with every id of another organization.
import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { operations } from '#app/api/openapi.json/operations.ts'
import { openApi } from '#lib/http/openapi.ts'
import { unscoped } from '#lib/platform/db.ts'
import { type Answer, person, type TestPerson } from '#tests/support/people.ts'
import { everythingOf, plantEverywhere } from '#tests/support/plant.ts'
import { type Schema, sample } from '#tests/support/sample.ts'

type Parameter = { name: string; in: string; schema: Schema }
type Described = { parameters: Parameter[]; requestBody?: { content: { 'application/json': { schema: Schema } } } }
type Operation = { path: string; method: string; parameters: Parameter[]; body: unknown }

const document = openApi(operations) as { paths: Record<string, Record<string, Described>> } // as openApi builds it
const scoped: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  path.includes('{org}')
    ? Object.entries(methods).map(([method, { parameters, requestBody }]) => ({
        path,
        method: method.toUpperCase(),
        parameters,
        body: requestBody && sample(requestBody.content['application/json'].schema),
      }))
    : [],
)

let mine: TestPerson
let theirs: TestPerson
let myIds: string[] = []
let theirIds: string[] = []
beforeAll(async () => {
  mine = await person('Dana')
  theirs = await person('Olga')
  myIds = [...(await plantEverywhere(mine.org.id)), mine.id]
  theirIds = [...(await plantEverywhere(theirs.org.id)), theirs.id]
})

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

test('another organization reads like one that does not exist, at every operation', async () => {
  for (const operation of scoped) {
    const value: Values = (parameter) => (isId(parameter) ? (theirIds[0] ?? '') : String(sample(parameter.schema)))
    const foreign = await ask(mine, operation, theirs.org.slug, value)
    const unknown = await ask(mine, operation, 'nobody-is-called-this', value)
    expect(told(foreign), `${operation.method} ${operation.path}`).toEqual(told(unknown))
    expect(foreign.status, `${operation.method} ${operation.path}`).toBe(404)
  }
  console.log(`${scoped.length} operations x 1 foreign organization`)
}, 120_000)

test('an id of another organization reads like one that does not exist, at every operation', async () => {
  const withIds = scoped.filter(({ parameters }) =>
    parameters.some((parameter) => parameter.in === 'path' && isId(parameter)),
  )
  const before = await everythingOf(theirs.org.id)
  let tried = 0
  for (const operation of withIds) {
    const names = operation.parameters
      .filter((parameter) => parameter.in === 'path' && isId(parameter))
      .map(({ name }) => name)
    // the last id is the foreign one; those before it are foreign too, and then each of our own
    const leading = names.length > 1 ? [null, ...myIds] : [null]
    for (const own of leading)
      for (const id of theirIds) {
        const fill =
          (last: string): Values =>
          (parameter) =>
            !isId(parameter)
              ? String(sample(parameter.schema))
              : parameter.name === names.at(-1) || own === null
                ? last
                : own
        const foreign = await ask(mine, operation, mine.org.slug, fill(id))
        if (tried % 10 === 0) {
          const unknown = await ask(mine, operation, mine.org.slug, fill(randomUUID()))
          expect(told(foreign), `${operation.method} ${operation.path} ${id}`).toEqual(told(unknown))
        }
        expect(foreign.status, `${operation.method} ${operation.path} ${id}: ${JSON.stringify(foreign.body)}`).toBe(404)
        tried++
      }
  }
  expect(await everythingOf(theirs.org.id)).toEqual(before)
  console.log(`${withIds.length} operations x ${theirIds.length} ids of another organization: ${tried} tried`)
}, 300_000)
