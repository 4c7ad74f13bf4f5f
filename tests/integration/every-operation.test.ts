// quality 40: what the document says of each operation is what it does, with a token as a script has it.
import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { ApiTokenMade, Scope } from '#lib/tokens/schema.ts'
import { type Described, described, faultOf } from '#tests/support/described.ts'
import { furnish } from '#tests/support/furnish.ts'
import { inTurn, sendOperation } from '#tests/support/send-operation.ts'
import type { Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

withSandbox()

let dana: Viewer
let values: Record<string, string>
let bodies: Record<string, unknown>

const Id = z.object({ id: z.string() })
const List = z.object({ items: z.array(Id) })

const make = async (scopes: readonly Scope[]) =>
  (await dana.post(dana.at('api-tokens'), { name: 'all', scopes, expiresAt: null }, ApiTokenMade)).body.value

beforeEach(async () => {
  const furnished = await furnish()
  dana = furnished.dana
  values = { ...furnished.values, attempt: randomUUID(), token: randomUUID() }
  bodies = {
    'POST orgs/{org}/boards/{board}/objects': { type: 'note', text: 'Read this.' },
    'PATCH orgs/{org}/boards/{board}/objects/{object}': { caption: 'The api' },
    'PATCH orgs/{org}/connection-requests/{request}': { decision: 'declined' },
    'PATCH orgs/{org}/integrations/{provider}': { inAnswers: false },
    'PATCH orgs/{org}/rotation': { everyDays: 60 },
    'PATCH orgs/{org}': { name: 'Acme again' },
    'PATCH orgs/{org}/members/{member}': { role: 'reviewer' },
    'POST orgs/{org}/connection-requests': { provider: 'notion' },
    'POST sign-up': {
      name: 'Lee',
      email: `${randomUUID()}@acme.test`,
      password: 'long enough a word',
      organization: 'Lee',
    },
    'POST orgs/{org}/invitations': { email: `${randomUUID()}@acme.test`, role: 'member' },
  }
})

const send = (operation: Described, by: { token?: string }) => sendOperation(operation, { values, bodies }, by)

/** What cannot succeed with what there is here. */
const expected: Record<string, number> = {
  'POST email-confirmations/{token}': 410, // a link that nobody was sent
  'POST password-resets/{token}': 410,
  'POST orgs/{org}/boards/{board}/ask': 409, // no model is connected
  'POST orgs/{org}/connection-requests': 409, // an owner asks nobody
  'PATCH orgs/{org}/connections/{connection}/resources': 404, // switches are of what everybody reads through
  'PATCH orgs/{org}/connections/{connection}/resources/{kind}/{resource}': 404,
  'GET orgs/{org}/connections/{connection}/resources/{kind}/{resource}/reports/{report}': 404, // GitHub writes none
  'POST orgs/{org}/connections/{connection}/credential/leak-suspected': 404, // nothing was pasted
  'POST orgs/{org}/connections/{connection}/credential/old-revoked': 409,
  'POST orgs/{org}/connections/{connection}/skip': 409, // GitHub is never without a subscription
}

test('40: every operation called with a token answers as the document says, in status and body', async () => {
  const token = await make(Scope.options)
  const faults: string[] = []
  const outcomes: Record<string, number> = {}
  for (const operation of inTurn(described)) {
    const answer = await send(operation, { token })
    const fault = faultOf(operation, answer)
    if (fault) faults.push(`${operation.name}: ${fault}`)
    const takesNone = operation.scope === null && !operation.isPublic
    if (takesNone && answer.status !== 403) faults.push(`${operation.name}: ${answer.status} to a token`)
    if (!takesNone) outcomes[operation.name] = answer.status
  }
  expect(faults).toEqual([])
  const notDone = Object.fromEntries(Object.entries(outcomes).filter(([, status]) => status >= 300))
  expect(notDone).toEqual(expected)
  console.log(`${described.length} operations, ${Object.keys(outcomes).length} that take a token`)
})

test('40, T-TOK-4: every operation refuses a token that lacks the scope which the document names, and says which', async () => {
  const wrong: string[] = []
  for (const { scope, ...operation } of described.filter((one) => one.scope)) {
    const token = await make(Scope.options.filter((one) => one !== scope))
    const { status, text, headers } = await send({ ...operation, scope }, { token })
    const body: { type?: string; scope?: string } = JSON.parse(text)
    if (status !== 403 || body.type !== '/problems/scope-missing' || body.scope !== scope)
      wrong.push(`${operation.name}: ${status} ${text}`)
    expect(headers.get('www-authenticate')).toContain(`scope="${scope}"`)
    await dana.delete(dana.at(`api-tokens/${await idOf()}`))
  }
  expect(wrong).toEqual([])
})

const idOf = async () => (await dana.get(dana.at('api-tokens'), List)).body.items[0]?.id ?? ''

test('40: every operation that is not public answers nobody, and a token that is none, as the document says', async () => {
  const faults: string[] = []
  for (const operation of described.filter(({ isPublic }) => !isPublic))
    for (const by of [{}, { token: 'pb_live_none' }]) {
      const answer = await send(operation, by)
      const fault = answer.status === 401 ? faultOf(operation, answer) : `answered ${answer.status}`
      if (fault) faults.push(`${operation.name}: ${fault}`)
    }
  expect(faults).toEqual([])
})
