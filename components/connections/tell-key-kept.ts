import type { QueryClient } from '@tanstack/react-query'
import { announce } from '#components/ui/announce.ts'
import type { TestedKey } from '#lib/connections/client.ts'
import { activityOf, firstRunOf, standingsOf } from '#lib/connections/client.ts'
import { type Ending, tellEnded } from './attempts.ts'
import { capital, type KeyPlace } from './key-words.ts'
import { withoutCode } from './with-code.tsx'

/** How a key that was kept reads: by what may be shown of it, with what it lacks and what it could do besides. */
export function keptEnding({ provider: { name }, method: { noun } }: KeyPlace, tested: TestedKey): Ending {
  const { connection, warnings } = tested
  const { credential, status, reason, signal } = connection
  const ends = credential.endsWith ? ` ${capital(noun)} ending ${credential.endsWith}.` : ''
  if (status !== 'connected')
    return { tone: 'warn', text: `The ${noun} is kept.${ends} ${name} is asked again in 5 minutes.`, next: null }
  const more = [signal === 'green' || !reason ? null : `${reason}.`, ...warnings].filter(Boolean)
  const text = [`${name} connected.${ends}`, ...more].join(' ')
  return { tone: more.length > 0 ? 'warn' : 'ok', text, next: null }
}

/** Shows how things stand since a key was kept, where the slot is drawn, and says it once. */
export async function tellKeyKept(queries: QueryClient, at: KeyPlace, tested: TestedKey): Promise<void> {
  const { provider, slot, org } = at
  void queries.invalidateQueries({ queryKey: firstRunOf(org).queryKey })
  void queries.invalidateQueries({ queryKey: activityOf(org, provider.id).queryKey.slice(0, 3) })
  await queries.invalidateQueries({ queryKey: standingsOf(org) })
  const ending = keptEnding(at, tested)
  const { id, name } = provider
  tellEnded({ id: crypto.randomUUID(), org, provider: id, name, slot: slot.slot, startedAt: Date.now(), ending })
  announce(withoutCode(ending.text))
}
