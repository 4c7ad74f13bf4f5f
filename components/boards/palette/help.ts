import { type Place, providerPath } from '#components/connections/place.ts'
import type { KindView, NextAction } from '#lib/connections/schema.ts'
import { badgeText } from '#lib/connections/status.ts'
import type { Source } from '../sources.ts'

/** What would help where a source, or a search of it, cannot be used: done here, on a page of its own, or by somebody else. */
export type Help = { does: 'connect' | 'nothing'; words: string } | { does: 'open'; words: string; href: string }

const actionOf = ({ slot }: Source): NextAction | null => (slot.beneath ?? slot).nextAction

const anyOf = new Intl.ListFormat('en', { type: 'disjunction' })
/** Whom to ask for what only owners and admins may do. */
const askAdmins = ({ admins }: Place): string =>
  `Ask ${admins.length > 0 ? anyOf.format(admins) : 'an owner or an admin'}.`

/** Whether the source can be connected from where one is, by its own consent page. */
export const connectsHere = (source: Source): boolean => {
  const action = actionOf(source)
  const isConsent = action?.id === 'connect' || action?.id === 'reconnect'
  return source.connectionId === null && isConsent && action.may
}

const elsewhere: readonly NextAction['id'][] = ['configure', 'replace_key', 'request', 'enable']

/** What would help a source that cannot be asked. */
export function helpFor(source: Source, place: Place): Help {
  const { id, name, slot } = source
  const action = actionOf(source)
  if (connectsHere(source)) {
    const verb = action?.id === 'reconnect' ? 'Reconnect' : 'Connect'
    return { does: 'connect', words: `${verb} ${slot.slot === 'user' ? 'your account' : 'it for everyone'}` }
  }
  if (action?.may && elsewhere.includes(action.id))
    return {
      does: 'open',
      words: `${action.label} in Integrations`,
      href: `/${place.org.slug}/settings/integrations#${id}`,
    }
  const words = slot.reason ?? badgeText(slot.status, name)
  return { does: 'nothing', words: action && !action.may ? `${words.replace(/\.?$/, '.')} ${askAdmins(place)}` : words }
}

/** What would help a search that an admin has to turn on; null where it can be made. */
export function searchHelp({ id, provider }: Source, { searchClosed }: KindView, place: Place): Help | null {
  if (searchClosed === undefined) return null
  if (!provider.may.configure) return { does: 'nothing', words: `${searchClosed} ${askAdmins(place)}` }
  return {
    does: 'open',
    words: `${searchClosed} Open its settings.`,
    href: `${providerPath(place.org.slug, id)}/config`,
  }
}
