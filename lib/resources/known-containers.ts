import { withConnection } from '#lib/connections/with-connection.ts'
import { now } from '#lib/platform/clock.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import type { Switched } from './find-switched.ts'
import { judgeTrouble, toProblemOf } from './judge-trouble.ts'
import { explainTrouble } from './status.ts'
import { inTurn } from './take-turn.ts'

/** Every container a connection reaches, as the provider last named them; `message` is why it could not be asked now. */
export type Containers = { items: readonly Resource[]; at: Date; message: string | null }

type Known = { items: readonly Resource[]; at: Date; accountId: string }

const MOST_PAGES = 200
const MOST_KNOWN = 200
/** Names only, in memory, of this process: for the pages and searches that follow a first look, and for when nobody answers. */
const known = new Map<string, Known>()

/** What was last named, if the connection still is the same account's. */
export function lastKnown({ id, accountId }: Switched): Known | null {
  const last = known.get(id)
  return last?.accountId === accountId ? last : null
}

function keep(id: string, list: Known): void {
  known.delete(id)
  known.set(id, list)
  const [oldest] = known.keys()
  if (known.size > MOST_KNOWN && oldest) known.delete(oldest)
}

const byTitle = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const outside = ({ excerpt: _excerpt, body: _body, forAdmins: _forAdmins, ...resource }: Resource): Resource => resource

async function walk(reader: Reader, api: Api): Promise<Resource[]> {
  const all: Resource[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES && reader.list; page++) {
    const { items, nextCursor } = await reader.list(api, cursor === undefined ? {} : { cursor })
    all.push(...items.map(outside))
    if (!nextCursor) break
    cursor = nextCursor
  }
  return all.sort((a, b) => byTitle.compare(a.title, b.title))
}

const isPassing = (what: string): boolean => what === 'unavailable' || what === 'limited'

/**
 * All containers of a connection, at most `maxAgeMs` old. When the provider does not answer, or asks us to wait, the last
 * list with why. Throws provider problems where there is none.
 */
export async function knownContainers(actor: Actor, switched: Switched, maxAgeMs: number): Promise<Containers> {
  const last = lastKnown(switched)
  if (last && now().getTime() - last.at.getTime() <= maxAgeMs) return { ...last, message: null }
  try {
    return await withConnection(actor, switched.id, async (api, used) => {
      const items = await walk(switched.reader, inTurn(api, used))
      const list = { items, at: now(), accountId: used.accountId }
      keep(switched.id, list)
      return { ...list, message: null }
    })
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    const trouble = judgeTrouble(error)
    const { name } = switched.provider
    if (last && isPassing(trouble.what)) return { ...last, message: explainTrouble(trouble, name, false).message }
    throw toProblemOf(switched.provider, error)
  }
}
