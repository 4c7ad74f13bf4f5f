// The document of the API as a reader of it sees it, and what it says of an answer.
import { z } from 'zod'
import { operations } from '#app/api/openapi.json/operations.ts'
import { openApi } from '#lib/http/openapi.ts'
import type { Schema } from './sample.ts'

const Json = z.record(z.string(), z.unknown())
const Content = z.record(z.string(), z.object({ schema: Json.optional() }))
const Response = z.object({ content: Content.optional(), $ref: z.string().optional() })
const Operation = z.object({
  summary: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema: Json }),
  ),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), Response),
})
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ responses: z.record(z.string(), Response), schemas: z.record(z.string(), Json) }),
})

const document = Document.parse(openApi(operations))

export type Described = Omit<z.infer<typeof Operation>, 'requestBody'> & {
  name: string
  method: string
  path: string
  body: Schema | null
  /** What a token needs: a scope, '' where any will do, null where none may come. */
  scope: string | null
  isPublic: boolean
}

const toDescribed = (path: string, method: string, operation: unknown): Described => {
  const { requestBody, ...rest } = Operation.parse(operation)
  const byToken = rest.security.find((one) => 'token' in one)
  return {
    ...rest,
    name: `${method.toUpperCase()} ${path.replace('/api/v1/', '')}`,
    method: method.toUpperCase(),
    path,
    body: requestBody?.content['application/json']?.schema ?? null,
    scope: byToken ? (byToken.token?.[0] ?? '') : null,
    isPublic: rest.security.length === 0,
  }
}

/** Every operation under /api/v1. */
export const described: readonly Described[] = Object.entries(document.paths)
  .filter(([path]) => path.startsWith('/api/v1/'))
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => toDescribed(path, method, operation)),
  )

type Answered = { status: number; headers: Headers; text: string }

/** What a body tells: a value, one in each line, or one in each event. */
function valuesIn(media: string, text: string): unknown[] {
  if (media.endsWith('json') && !media.endsWith('ndjson')) return [JSON.parse(text)]
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (media.endsWith('ndjson')) return lines.map((line): unknown => JSON.parse(line))
  if (media !== 'text/event-stream') return [text]
  return lines.filter((line) => line.startsWith('data:')).map((line): unknown => JSON.parse(line.slice(5)))
}

/** What is wrong with an answer by the document; null where nothing is. */
export function faultOf(operation: Pick<Described, 'responses'>, { status, headers, text }: Answered): string | null {
  const said = operation.responses[String(status)]
  if (!said) return `${status} is not described`
  const content = said.content ?? (said.$ref ? document.components.responses.Problem?.content : undefined)
  if (!content) return text === '' ? null : `${status} has a body that is not described`
  const media = headers.get('content-type')?.split(';')[0] ?? ''
  const described = content[media]
  if (!described) return `${status} came as ${media || 'nothing'}, which is not described`
  const values = valuesIn(media, text)
  if (values.length === 0) return `${status} came as ${media} with nothing in it`
  if (!described.schema) return `${status} as ${media} is not described`
  const schema = z.fromJSONSchema(resolved(described.schema))
  const faults = values.flatMap((value) => {
    const held = schema.safeParse(value)
    return held.success ? [] : [z.prettifyError(held.error)]
  })
  return faults.length > 0 ? `${status}: ${faults.join('; ')}` : null
}

/** A schema that only points at another of the document, as that one. */
function resolved(schema: Record<string, unknown>): Record<string, unknown> {
  const name = typeof schema.$ref === 'string' ? /^#\/components\/schemas\/(\w+)$/.exec(schema.$ref)?.[1] : undefined
  return name ? (document.components.schemas[name] ?? {}) : schema
}
