import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { differences } from '#tests/support/answer-shape.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { googleClient, READ } from '#tests/support/sandbox-google.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/google-docs')
const areMissing = !existsSync(EXAMPLES)

const google = await newSandbox(googleClient)
let token: string

beforeEach(async () => {
  token = (await google.tokens()).access_token
})

const example = (name: string): { status: number; body: Record<string, unknown> } =>
  JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8'))

/** Fields of an answer that the example does not know, or has as another type. The examples list every field there can be. */
const strange = (name: string, answer: object): string[] => {
  const { body } = example(name)
  return Object.entries(answer).flatMap(([field, value]: [string, unknown]) => {
    const kindOf = (one: unknown) => (Array.isArray(one) ? 'list' : typeof one)
    if (!(field in body)) return [field]
    return kindOf(body[field]) === kindOf(value) ? [] : [`${field} is ${kindOf(value)}`]
  })
}

test.skipIf(areMissing)(
  'answers have no fields or types but those of Google’s own descriptions (skipped where these are not at hand)',
  async () => {
    const read = async (name: string, query: Record<string, string>) => (await google.drive(name, token, query)).json()
    const everywhere = {
      fields: '*',
      corpora: 'allDrives',
      supportsAllDrives: 'true',
      includeItemsFromAllDrives: 'true',
    }
    const list = await read('/files', everywhere)
    expect(strange('skeleton-drive-files-list', list)).toEqual([])
    for (const file of list.files) expect(strange('skeleton-drive-files-get', file)).toEqual([])
    expect(strange('skeleton-drive-about-get', await read('/about', { fields: '*' }))).toEqual([])
    const start = await read('/changes/startPageToken', {})
    expect(strange('skeleton-drive-changes-getStartPageToken', start)).toEqual([])
    const changes = await read('/changes', { fields: '*', pageToken: start.startPageToken })
    expect(strange('skeleton-drive-changes-list', changes)).toEqual([])
    for (const includeTabsContent of ['true', 'false']) {
      const id = await google.idOf(token, 'Q4 plan: fewer failed orders')
      const document = await (await google.document(id, token, { includeTabsContent })).json()
      expect(strange('skeleton-docs-documents-get', document)).toEqual([])
    }
  },
)

test.skipIf(areMissing)(
  'token answers have the fields of Google’s own examples (skipped where these are not at hand)',
  async () => {
    const answer = await google.tokens({ scope: READ, prompt: 'consent' })
    expect(differences(example('token-exchange').body, answer, [])).toEqual([])
    const refreshed = await (await google.refresh(answer.refresh_token)).json()
    expect(differences(example('token-refresh').body, refreshed, [])).toEqual([])
    await google.set({ reauthRequired: true })
    const refused = await google.refresh(answer.refresh_token)
    expect(refused.status).toBe(example('token-refresh-reauth-error').status)
    expect(differences(example('token-refresh-reauth-error').body, await refused.json(), [/^custom$|^error_/])).toEqual(
      [],
    )
  },
)

test.skipIf(areMissing)(
  'refusals have the fields of Google’s own examples (skipped where these are not at hand)',
  async () => {
    const refused = await google.drive('/files', 'ya29.garbage')
    expect(refused.status).toBe(example('api-error-401').status)
    // the newer form has a status besides
    expect(differences(example('api-error-401').body, await refused.json(), [/^error\.status$/])).toEqual([])
    await google.set({ limits: { drive: 0 }, limitAnswer: 'rate' })
    const limited = await google.drive('/files', token)
    const { status, body } = example('api-error-403-rate-limit-minimal')
    expect(limited.status).toBe(status)
    expect(await limited.json()).toMatchObject(body)
  },
)
