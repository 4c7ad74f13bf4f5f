import { headers } from 'next/headers'
import { ConnectResult } from '#components/connections/connect-result.tsx'
import { BarePage } from '#components/shell/bare-page.tsx'
import { explainAttempt } from '#lib/connections/explain.ts'
import { nameOfProvider } from '#lib/connections/queries.ts'

/** The address's query: a boundary is not given it, so it is read from the path that proxy.ts notes. */
async function readQuery(): Promise<URLSearchParams> {
  const [, query] = ((await headers()).get('x-pb-path') ?? '').split('?', 2)
  return new URLSearchParams(query)
}

/** The end of a provider's tab whose answer, or whose form, was refused: the page of any other end, answered with 403. */
export default async function ConnectRefused() {
  const query = await readQuery()
  const id = query.get('provider') ?? ''
  const provider = { id, name: nameOfProvider(id) }
  const kind = query.get('problem') || 'session_ended'
  return (
    <BarePage>
      <title>{`${provider.name} not connected – Plugboard`}</title>
      <ConnectResult provider={provider} problem={explainAttempt(kind, provider.name)} />
    </BarePage>
  )
}
