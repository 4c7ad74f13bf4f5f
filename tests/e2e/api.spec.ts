import type { APIRequestContext } from '@playwright/test'
import { z } from 'zod'
import { expect, type House, test } from './house.ts'
import { appUrl, callApi, signIn } from './support.ts'

const Schema = z.record(z.string(), z.unknown())
const Parameter = z.object({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean() })
const Get = z.object({
  operationId: z.string().optional(),
  parameters: z.array(Parameter).default([]),
  responses: z.record(
    z.string(),
    z.object({ content: z.record(z.string(), z.object({ schema: Schema.optional() })).optional() }).loose(),
  ),
})
const Description = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.object({ get: Get.optional() }).loose()),
})

type Values = Readonly<Record<string, string>>
type Asked = { address: string; status: number; problem?: string }

/** The address of an operation, its path and required query filled in. */
function addressOf(path: string, { parameters }: z.infer<typeof Get>, values: Values): string {
  const given = (name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`no value for {${name}} of ${path}`)
    return encodeURIComponent(value)
  }
  const query = parameters.filter((parameter) => parameter.in === 'query' && parameter.required)
  const asked = query.map(({ name }) => `${name}=${given(name)}`).join('&')
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => given(name)) + (asked && `?${asked}`)
}

/** What leads a browser on to a page has no answer to hold against a schema. */
const answers = (get: z.infer<typeof Get> | undefined): get is z.infer<typeof Get> =>
  get?.responses['200'] !== undefined

/** Asks for every documented address that `values` can fill and holds the answer against its schema. */
async function askAll(request: APIRequestContext, values: Values): Promise<Asked[]> {
  const { paths } = Description.parse(await callApi(request, 'GET', '/api/openapi.json'))
  const asked: Asked[] = []
  for (const [path, { get }] of Object.entries(paths)) {
    if (!answers(get) || [...path.matchAll(/\{(\w+)\}/g)].some(([, name = '']) => !(name in values))) continue
    const address = addressOf(path, get, values)
    const response = await request.get(address)
    const schema = get.responses['200']?.content?.['application/json']?.schema
    const held = schema ? z.fromJSONSchema(schema).safeParse(await response.json()) : null
    asked.push({
      address: path,
      status: response.status(),
      ...(held?.success === false ? { problem: z.prettifyError(held.error) } : {}),
    })
  }
  return asked
}

const isFine = ({ status, problem }: Asked) => status === 200 && problem === undefined

/** Ids of what is in the house, by the names the description has for them. */
async function idsOf(request: APIRequestContext, { slug, values }: House): Promise<Values> {
  const at = (rest: string) => `/api/v1/orgs/${slug}${rest}`
  type List<T> = { items: T[] }
  const connections = await callApi<List<{ id: string; slot: string }>>(request, 'GET', at('/connections'))
  const connection = connections.items.find(({ slot }) => slot === 'user')?.id ?? ''
  const board = values.board ?? ''
  const cards = await callApi<List<{ objectId: string }>>(request, 'GET', at(`/boards/${board}/cards`))
  const resources = await callApi<List<{ id: string }>>(
    request,
    'GET',
    at(`/connections/${connection}/resources?kind=repository`),
  )
  const members = await callApi<List<{ id: string }>>(request, 'GET', at('/members'))
  return {
    ...values,
    connection,
    member: members.items[0]?.id ?? '',
    object: cards.items[0]?.objectId ?? '',
    kind: 'repository',
    resource: resources.items[0]?.id ?? '',
    q: 'retry',
  }
}

test('every documented address answers what its schema says', async ({ visit, house }) => {
  const { request } = await visit('member')
  const asked = await askAll(request, await idsOf(request, house))
  expect(asked.filter((one) => !isFine(one))).toEqual([])
  const { paths } = Description.parse(await callApi(request, 'GET', '/api/openapi.json'))
  // no provider of this house writes reports
  const described = Object.entries(paths).filter(([path, { get }]) => answers(get) && !path.includes('{report}')).length
  expect(described).toBeGreaterThan(20)
  expect(asked).toHaveLength(described)
})

test('the demo organization answers every documented address that needs no more than its name', async ({ request }) => {
  const dana = { id: '', name: 'Dana Kim', email: 'owner@acme.test', password: 'plugboard-demo' }
  await signIn(request, dana)
  const asked = await askAll(request, { org: 'acme', provider: 'github', q: 'retry' })
  expect(asked.filter((one) => !isFine(one))).toEqual([])
  expect(asked.length).toBeGreaterThan(12)
})

test('an address asked for without a session answers 401 and a problem, not a page', async ({ playwright }) => {
  const nobody = await playwright.request.newContext({ baseURL: appUrl })
  for (const address of ['/api/v1/me', '/api/v1/orgs', '/api/v1/orgs/acme/boards']) {
    const response = await nobody.get(address)
    expect(response.status()).toBe(401)
    expect(response.headers()['content-type']).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ type: '/problems/sign-in-required', status: 401 })
  }
  await nobody.dispose()
})
