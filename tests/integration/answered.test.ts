// What says how a provider fares: only what it answered, or did not answer, itself.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { inTurn } from '#lib/resources/take-turn.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

withSandbox()

/** A connection of one's own to GitHub, and how it stands. */
async function connected(standing: { status?: 'error'; reasonCode?: 'unavailable'; failures?: number } = {}) {
  const { owner } = await newOrganization()
  const id = (await connect(owner)).connection?.id ?? ''
  await withOrg(owner.actor, (db) => db.connection.update({ where: { id }, data: standing }))
  const seen = async () => {
    const { status, failures, lastUsedAt } = await withOrg(owner.actor, (db) =>
      db.connection.findFirstOrThrow({ where: { id } }),
    )
    return { status, failures, isUsed: lastUsedAt !== null }
  }
  return { actor: owner.actor, id, seen }
}
const failing = { status: 'error', reasonCode: 'unavailable' } as const // as const: words of a union

test('work that asked the provider nothing proves nothing, and is no use of the connection', async () => {
  const { actor, id, seen } = await connected(failing)
  expect(await withConnection(actor, id, async () => [])).toEqual([])
  expect(await seen()).toMatchObject({ status: 'error', isUsed: false })
  await withConnection(actor, id, (api, { provider }) => provider.identify(api, { token: '' }))
  expect(await seen()).toMatchObject({ status: 'connected', isUsed: true })
})

test('nor does it make failures that were counted forgotten; that something is not there is an answer', async () => {
  const { actor, id, seen } = await connected({ failures: 2 })
  await withConnection(actor, id, async () => [])
  expect(await seen()).toMatchObject({ status: 'connected', failures: 2 })
  await withConnection(actor, id, (api) => api('/repos/acme/nosuch', { schema: z.unknown() }).catch(() => null))
  expect(await seen()).toMatchObject({ status: 'connected', failures: 0 })
})

test('a call that nobody waited for any more is no failure of the provider', async () => {
  const { actor, id, seen } = await connected()
  for (const _ of [1, 2, 3]) {
    const late = withConnection(actor, id, (api, used) =>
      used.provider.identify(inTurn(api, used, AbortSignal.abort()), { token: '' }),
    )
    await expect(late).rejects.toMatchObject({ failure: 'unavailable', detail: 'too_late' })
  }
  expect(await seen()).toMatchObject({ status: 'connected', failures: 0 })
})
