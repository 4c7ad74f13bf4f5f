import { expect, test } from 'vitest'
import { z } from 'zod'
import { readBody } from './read.ts'

const Colour = z.object({
  name: z.string().max(3),
  whoMayPaint: z.enum(['all', 'none']).optional(),
  'a/b': z.int().optional(),
})
const Shape = z.union([
  z.object({ type: z.literal('dot'), at: z.uuid() }),
  z.object({ type: z.literal('line'), from: z.uuid(), to: z.uuid() }),
])
const post = (body: string) => new Request('http://localhost', { method: 'POST', body })
const errorsOf = async (schema: z.ZodType, body: unknown) =>
  readBody(schema, post(typeof body === 'string' ? body : JSON.stringify(body))).then(
    () => [],
    (problem) => (problem.extra.errors ?? []).map(({ pointer = '', detail = '' }) => `${pointer}: ${detail}`),
  )

test('each fault names its field by a JSON pointer (RFC 6901) and says in words what to do', async () => {
  expect(await errorsOf(Colour, {})).toEqual(['/name: Name is missing.'])
  expect(await errorsOf(Colour, { name: 'azure', whoMayPaint: 'some', 'a/b': 'x' })).toEqual([
    '/name: Name has to have at most 3 characters.',
    '/whoMayPaint: Who may paint has to be all or none.',
    '/a~1b: A/b has to be a number.',
  ])
  expect(await errorsOf(Colour, '[]')).toEqual([': This has to be an object.'])
})

test('of several forms the one that was meant is judged', async () => {
  expect(await errorsOf(Shape, { type: 'line', from: 'x' })).toEqual([
    '/from: From is not an id.',
    '/to: To is missing.',
  ])
  expect(await errorsOf(Shape, { at: 'x' })).toEqual(['/type: Type has to be dot or line.'])
})

test('a character that the database cannot keep is named with its field', async () => {
  expect(await errorsOf(Colour, '{"name":"a\\\\u0000"}'.replace('\\\\', '\\'))).toEqual([
    '/name: Remove the character U+0000.',
  ])
})

test('a body is not read further than it may be long', async () => {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1
      controller.enqueue(new Uint8Array(100_000))
    },
  })
  const request = new Request('http://localhost', { method: 'POST', body, duplex: 'half' } as RequestInit) // `duplex` is not in the types yet
  await expect(readBody(Colour, request)).rejects.toMatchObject({ kind: 'body-too-large' })
  expect(sent).toBeLessThan(20)
})
