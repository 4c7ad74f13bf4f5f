import { type Call, header, parseJson } from '#sandbox/http.ts'
import { type Order, perPageOf, type Wanted } from './paging.ts'
import { badParameter, Refusal } from './refusal.ts'
import { type Fields, readQuery } from './search-query.ts'
import type { Workspace } from './state.ts'

const KNOWN = ['query', 'pagination', 'sort']
const ORDERS = ['ascending', 'descending']

type About<Item> = {
  workspace: Workspace
  fields: Fields<Item>
  perPage: number
  isByDay: boolean
  otherwise: Order<Item>
}
type Search<Item> = { matches: (item: Item) => boolean; wanted: Wanted; order: Order<Item> }

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The body of a search: what it asks for, which page of it, and in which order. */
export function readSearch<Item extends { id: string }>(call: Call, about: About<Item>): Search<Item> {
  const isJson = header(call, 'content-type')?.startsWith('application/json') ?? false
  const body = isJson ? parseJson(call.body) : undefined
  if (!isObject(body)) throw badParameter('The request body is not valid JSON')
  const unknown = Object.keys(body).find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) throw new Refusal(400, 'bad_request', `bad '${unknown}' parameter`)
  const pagination = body.pagination ?? {}
  if (!isObject(pagination)) throw new Refusal(400, 'bad_request', "bad 'pagination' parameter")
  const after = pagination.starting_after ?? null
  if (after !== null && typeof after !== 'string') throw badParameter('starting_after is invalid')
  const { workspace } = about
  const isMeant = readQuery(body.query, about.fields, about.isByDay)
  return {
    matches: (item) => isMeant({ workspace, item }),
    wanted: { perPage: perPageOf(pagination.per_page, about.perPage), after },
    order: body.sort === undefined || body.sort === null ? about.otherwise : readSort(body.sort, about),
  }
}

function readSort<Item extends { id: string }>(sort: unknown, { fields, workspace }: About<Item>): Order<Item> {
  if (!isObject(sort)) throw new Refusal(400, 'bad_request', "bad 'sort' parameter")
  const { field, order = 'descending' } = sort
  if (!ORDERS.includes(String(order)))
    throw new Refusal(
      400,
      'invalid_sort_order',
      `Invalid sort order '${String(order)}'. Must be one of: ${ORDERS.join(', ')}`,
    )
  const known = typeof field === 'string' && Object.hasOwn(fields, field) ? fields[field] : undefined
  if (!known || known.type === 'words' || known.type === 'list')
    throw new Refusal(400, 'invalid_field', `${String(field)} is not a valid field`)
  return {
    isDescending: order === 'descending',
    keyOf: (item) => {
      const key = known.read({ item, workspace })
      return typeof key === 'number' || typeof key === 'string' ? key : ''
    },
    idOf: ({ id }) => id,
  }
}
