// A call to a provider as a connection, against a plain fetch of the same address with the same token.
import { z } from 'zod'
import { withConnection } from '#lib/connections/with-connection.ts'
import { hold } from '#lib/vault/hold.ts'
import { reach } from '#lib/vault/reach.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { sandboxClient } from '#tests/support/sandbox.ts'
import type { Floor } from './floor.ts'
import { atMost, digits, type Row, told } from './report.ts'
import { type Compared, median, sideBySide, timesOf } from './rounds.ts'

const PATH = '/user'
const MOST = 1.2
/** No provider of ours answers sooner over the internet; the sandbox, in a millisecond, is far nearer than any. */
const NEAR_PROVIDER_MS = 50

/** Measures the call with the provider as far away as a near one is, and with none of that. */
export async function measureProviderCall({ env }: Floor): Promise<Row[]> {
  const { owner } = await newOrganization()
  const { connection } = await connect(owner)
  if (!connection) throw new Error('the bench could not connect')
  const { provider, grant } = await hold(owner.actor, connection.id)
  const url = reach(provider).endpoints.api + PATH
  const ours = () => withConnection(owner.actor, connection.id, (api) => api(PATH, { schema: z.unknown() }))
  const direct = async () => {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${grant.token}` } })
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`)
    await answer.json()
  }
  const compare = (rounds: number, calls: number): Promise<Compared> =>
    sideBySide(
      rounds,
      async () => median(await timesOf(calls, ours)),
      async () => median(await timesOf(calls, direct)),
    )

  const { control } = sandboxClient(`http://127.0.0.1:${env.SANDBOX_PORT}`)
  const bare = await compare(40, 20)
  await control.faults([{ provider: provider.id, path: PATH, delayMs: NEAR_PROVIDER_MS }])
  const near = await compare(12, 10)
  await control.clearFaults()
  const added = bare.ours - bare.other
  return [
    atMost(`provider call: p50 against a plain fetch, answered in ${NEAR_PROVIDER_MS} ms`, near.ratio, MOST, 'x', near),
    told(
      'provider call: the same, answered at once by the sandbox',
      `${digits(bare.ratio)}x: ${digits(added)} ms on ${digits(bare.other)}; ${MOST}x from ${digits(added / (MOST - 1))} ms on`,
      bare,
    ),
  ]
}
