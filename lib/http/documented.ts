import { type Described, openApi } from './openapi.ts'

/** A JSON Schema as the document has it. */
export type Shape = {
  type?: string | string[]
  format?: string
  const?: unknown
  enum?: unknown[]
  default?: unknown
  examples?: unknown[]
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  anyOf?: Shape[]
  oneOf?: Shape[]
  allOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  additionalProperties?: Shape | boolean
  $ref?: string
}

type Parameter = { name: string; in: 'path' | 'query'; required: boolean; schema: Shape }
type Content = Record<string, { schema?: Shape }>
type Operation = {
  operationId: string
  summary: string
  security?: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { description?: string; content?: Content; $ref?: string }>
}

/** One operation of the document, as its page shows it. */
export type Documented = {
  id: string
  method: string
  path: string
  summary: string
  /** What it is about: the first part of its path that says so. */
  group: string
  /** Which scope a token needs: null where none will do, '' where any will. */
  scope: string | null
  isPublic: boolean
  parameters: Parameter[]
  body: Shape | null
  answers: { status: string; description: string; media: string; shape: Shape | null }[]
}

const made = new WeakMap<readonly Described[], readonly Documented[]>()

/** The operations of the document that scripts can call, in the order of their paths; made once, since nothing in it changes. */
export function documentedOperations(operations: readonly Described[]): readonly Documented[] {
  const known = made.get(operations) ?? readOperations(operations)
  made.set(operations, known)
  return known
}

function readOperations(operations: readonly Described[]): Documented[] {
  const { paths } = openApi(operations) as { paths: Record<string, Record<string, Operation>> } // as openApi builds it
  return Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => toDocumented(path, method, operation)),
    )
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

function toDocumented(path: string, method: string, operation: Operation): Documented {
  const { operationId, summary, security = [], parameters = [], requestBody, responses } = operation
  const byToken = security.find((one) => 'token' in one)
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    group: groupOf(path),
    scope: byToken ? (byToken.token?.[0] ?? '') : null,
    isPublic: security.length === 0,
    parameters,
    body: requestBody?.content['application/json']?.schema ?? null,
    answers: Object.entries(responses).flatMap(([status, { description = '', content, $ref }]) => {
      if ($ref) return [{ status, description, media: 'application/problem+json', shape: null }]
      if (!content) return [{ status, description, media: '', shape: null }]
      return Object.entries(content).map(([media, { schema }]) => ({
        status,
        description,
        media,
        shape: schema ?? null,
      }))
    }),
  }
}

/** `/api/v1/orgs/{org}/boards/{board}` is about boards, `/api/v1/orgs/{org}` about organizations. */
function groupOf(path: string): string {
  const [first = '', , third] = path.replace('/api/v1/', '').split('/')
  const word = first === 'orgs' ? (third ?? 'organizations') : first
  return word.replaceAll('-', ' ').replace('.csv', '')
}
