import { type ZodType, z } from 'zod'
import { env } from '#lib/platform/env.ts'
import { problems } from '#lib/platform/problem.ts'
import { sessionCookieName } from '#lib/tenancy/read-session.ts'
import { scopes } from '#lib/tokens/schema.ts'
import { refusalsOf } from './refusals.ts'
import type { Handler, Operation } from './route.ts'

/** An address, its parameters in braces, and the module whose exports are its methods. */
export type Described = readonly [path: string, module: Readonly<Record<string, unknown>>]

type Json = Record<string, unknown>
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** The operations of one module, by method. */
function operationsOf(module: Described[1]): { method: string; operation: Operation }[] {
  return methods.flatMap((method) => {
    const handler = module[method]
    return isHandler(handler) ? [{ method, operation: handler.operation }] : []
  })
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function' && 'operation' in value

/** A zod schema as JSON Schema 2020-12, which is what OpenAPI 3.1 takes. `input` is what a client may send. */
function toJson(schema: ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, '~standard': __, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json
}

function parametersIn(place: 'path' | 'query', schema: ZodType | undefined, names?: readonly string[]): Json[] {
  const { properties = {}, required = [] } = (schema ? toJson(schema, 'input') : {}) as {
    properties?: Record<string, Json>
    required?: string[]
  } // params and queries are objects
  return (names ?? Object.keys(properties)).map((name) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: properties[name] ?? { type: 'string' },
  }))
}

const problemAnswer = { $ref: '#/components/responses/Problem' }

const refusalAnswers = (operation: Operation, method: string): Json =>
  Object.fromEntries(
    [...refusalsOf(operation, method)].map(([status, kinds]) => [
      status,
      { ...problemAnswer, description: kinds.map((kind) => problems[kind][1]).join('. Or: ') },
    ]),
  )

/** Who may come: nobody in particular; a browser's session; or that or a token, with the scope named. */
function securityOf({ who, scope }: Operation): Json {
  if (who === 'public') return { security: [] }
  if (scope === null || scope === undefined) return { security: [{ session: [] }] }
  return { security: [{ session: [] }, { token: scope === 'any' ? [] : [scope] }] }
}

function answerOf({ answer, lines, events, media, status = 200 }: Operation): Json {
  if (status === 204) return { 204: { description: 'Done' } }
  if (media) return { [status]: { description: 'Done', content: { [media]: { schema: { type: 'string' } } } } }
  const content = events
    ? { 'text/event-stream': { schema: toJson(events, 'output') } }
    : {
        'application/json': answer ? { schema: toJson(answer, 'output') } : {},
      }
  const done = { [status]: { description: 'Done', content } }
  if (!lines) return done
  // lines begin before it is known how it ends
  const streamed = { 'application/x-ndjson': { schema: toJson(lines, 'output') } }
  return status === 200
    ? { 200: { description: 'Done', content: { ...content, ...streamed } } }
    : { ...done, 200: { description: 'Under way: a line as each step ends', content: streamed } }
}

function toOperation(path: string, method: string, operation: Operation): Json {
  const names = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? [])
  return {
    operationId: `${method.toLowerCase()} ${path.replace(/^\/api\/v1/, '')}`.replace(/[^a-z0-9]+(\w?)/gi, (_, next) =>
      next.toUpperCase(),
    ),
    summary: operation.summary,
    ...securityOf(operation),
    parameters: [...parametersIn('path', operation.params, names), ...parametersIn('query', operation.query)],
    ...(operation.body
      ? {
          requestBody: { required: true, content: { 'application/json': { schema: toJson(operation.body, 'input') } } },
        }
      : {}),
    responses: { ...answerOf(operation), ...refusalAnswers(operation, method) },
  }
}

const Problem: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'requestId'],
  additionalProperties: true,
  properties: {
    type: { type: 'string', enum: Object.keys(problems).map((kind) => `/problems/${kind}`) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
}

const health = (operationId: string, summary: string, otherwise: Json = {}): Json => ({
  get: { operationId, summary, security: [], responses: { 200: { description: summary }, ...otherwise } },
})

const provider: Json = { name: 'provider', in: 'path', required: true, schema: { type: 'string' } }
const onPage: Json = { 303: { description: 'A page: the provider’s, or the one that says how it ended' } }
const formBody = (required: readonly string[], properties: Json): Json => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', required, properties } } },
})
const text = { type: 'string' }

/** What a browser is sent to and scripts are not: the Connect form, the redirect URI and the sign-in. */
const forBrowsers: Json = {
  '/connect/{provider}': {
    post: {
      operationId: 'connectForm',
      summary: 'The Connect form: leads to the provider’s consent page',
      parameters: [provider],
      requestBody: formBody(['org', 'slot', 'attempt', 'csrf'], {
        org: text,
        slot: { type: 'string', enum: ['user', 'organization'] },
        attempt: { type: 'string', format: 'uuid' },
        csrf: text,
        connection: { type: 'string', format: 'uuid' },
        also: { type: 'string', description: 'Providers of the same account, with commas between' },
      }),
      security: [{ session: [] }],
      responses: onPage,
    },
  },
  '/api/callback/{provider}': {
    get: {
      operationId: 'callback',
      summary: 'The redirect URI of a provider’s OAuth client',
      security: [{ session: [] }],
      parameters: [provider],
      responses: onPage,
    },
  },
  '/api/auth/csrf': {
    get: {
      operationId: 'signInToken',
      summary: 'The token that a sign-in carries',
      security: [],
      responses: {
        200: {
          description: 'It, and a cookie that goes with it',
          content: { 'application/json': { schema: { type: 'object', properties: { csrfToken: text } } } },
        },
      },
    },
  },
  '/api/auth/callback/credentials': {
    post: {
      operationId: 'signIn',
      summary: 'Opens a session: the answer sets its cookie',
      security: [],
      requestBody: formBody(['csrfToken', 'email', 'password', 'json'], {
        csrfToken: text,
        email: text,
        password: text,
        json: { const: 'true' },
      }),
      responses: {
        200: {
          description: 'Signed in; or, where `url` ends with `csrf=true`, that the token was not the one of the cookie',
          content: { 'application/json': { schema: { type: 'object', properties: { url: text } } } },
        },
        401: { description: 'The email address or the password is not right' },
        429: { ...problemAnswer, description: 'Too many tries' },
      },
    },
  },
}

/** An API token. OpenAPI 3.1 names the scopes of a bearer scheme beside each operation and nowhere else, so they are told here. */
const tokenScheme: Json = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'pb_live_…',
  description: `An API token of one organization, limited to its scopes. ${Object.entries(scopes)
    .map(([scope, words]) => `${scope}: ${words}.`)
    .join(' ')}`,
  'x-scopes': scopes,
}

/** The whole API as an OpenAPI 3.1 document, made of the schemas that the routes check with. */
export function openApi(operations: readonly Described[]): Json {
  const paths = operations.map(([path, module]) => [
    path,
    Object.fromEntries(
      operationsOf(module).map(({ method, operation }) => [method.toLowerCase(), toOperation(path, method, operation)]),
    ),
  ])
  return {
    openapi: '3.1.0',
    info: { title: 'Plugboard', version: '1' },
    servers: [{ url: env().APP_URL }],
    security: [{ session: [] }],
    paths: {
      ...Object.fromEntries(paths),
      '/api/openapi.json': {
        get: {
          operationId: 'openapi',
          summary: 'This document',
          security: [],
          responses: { 200: { description: 'It' } },
        },
      },
      '/api/health/live': health('healthLive', 'The process answers'),
      '/api/health/ready': health('healthReady', 'The process can serve', { 503: { description: 'It cannot' } }),
      ...forBrowsers,
    },
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: sessionCookieName() }, token: tokenScheme },
      responses: {
        Problem: {
          description: 'What went wrong (RFC 9457)',
          headers: {
            'Retry-After': { description: 'How many seconds to wait, where that helps', schema: { type: 'integer' } },
          },
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: { Problem },
    },
  }
}
