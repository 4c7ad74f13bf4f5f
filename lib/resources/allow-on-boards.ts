import { type Serving, servingConnections } from '#lib/connections/queries.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { Problem } from '#lib/platform/problem.ts'
import { findProvider } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import { namesOfAdmins } from '#lib/tenancy/queries.ts'
import { judgeTrouble } from './judge-trouble.ts'
import type { Matched } from './match-link.ts'
import { isShared } from './policy.ts'
import { readSwitches } from './read-switches.ts'
import { standingOf } from './status.ts'
import { inTurn } from './take-turn.ts'

/** How long a look may hold up who adds something; after that its card says what is to be said. */
const PATIENCE_MS = 4_000

const anyOf = new Intl.ListFormat('en', { type: 'disjunction' })

type Look = { isAllowed: boolean; is: Matched }

/** One look through the organization's connection; undefined when it told nothing. */
async function look(
  actor: Actor,
  serving: Serving,
  { provider, kind, id }: Matched,
  patience: AbortSignal,
): Promise<Look | undefined> {
  const looking = withConnection(actor, serving.id, async (api, used) => {
    const reader = used.provider.readers.find((one) => one.kind === kind)
    const resource = await reader?.read(inTurn(api, used, patience), id)
    if (!resource) return undefined
    const isAllowed = isShared(used, resource, await readSwitches(actor, used))
    return { isAllowed, is: { provider, kind: resource.kind, id: resource.kind === kind ? id : resource.id } }
  }).catch((error: unknown) => {
    judgeTrouble(error) // which logs what is no failure of the source
    return undefined
  })
  const late = new Promise<undefined>((resolve) => {
    patience.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  return Promise.race([looking, late])
}

/**
 * Throws `not-on-boards`, with who can change it, for what the organization's connection could show and an admin does not
 * allow. What cannot be told now (a source that is off or silent) is no reason to refuse: its card shows nothing either.
 * Gives what it turned out to be: an address of a directory may look like that of a file.
 */
export async function allowOnBoards(actor: Actor, matched: Matched): Promise<Matched> {
  const provider = findProvider(matched.provider)
  if (!provider?.sharing) return matched
  const serving = (await servingConnections(actor)).get(provider.id)
  if (serving?.slot !== 'organization' || standingOf(serving.status, false) !== 'ready') return matched
  const looked = await look(actor, serving, matched, AbortSignal.timeout(PATIENCE_MS))
  if (looked?.isAllowed !== false) return looked?.is ?? matched
  const kind = provider.readers.find((one) => one.kind === matched.kind)?.name.toLowerCase() ?? 'card'
  const how = may(actor, 'resources.share')
    ? `You can allow it in Integrations → ${provider.name} → Resources.`
    : `Ask ${anyOf.format(await namesOfAdmins(actor))} to allow it.`
  throw new Problem('not-on-boards', `This ${kind} isn't available on boards. ${how}`)
}
