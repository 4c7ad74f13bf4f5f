import type { PolicySeen } from '#lib/connections/config-schema.ts'
import type { OptionView, ProviderView } from '#lib/connections/schema.ts'

/** Who may connect for everyone, in words. */
export const whoNames: Record<ProviderView['whoMayConnect'], string> = {
  admins: 'Owners and admins',
  members: 'Any member',
}

/** Whether it is connected for everyone, or only by each for themselves. */
export const isShared = ({ slots }: ProviderView): boolean => slots.some(({ slot }) => slot === 'organization')

/** Whether it has things that stand on boards. */
export const hasCards = ({ kinds }: ProviderView): boolean => kinds.length > 0

/** Who may connect a provider, in a sentence. */
export const whoWords = ({ name, whoMayConnect }: ProviderView, organization: string): string =>
  `${whoNames[whoMayConnect]} can connect ${name} for everyone in ${organization}.`

/** Whether a provider's cards may be part of answers, in a sentence. */
export const answersWords = ({ name, inAnswers }: Pick<ProviderView, 'name' | 'inAnswers'>): string =>
  inAnswers ? `${name} cards can be part of answers.` : `${name} cards are kept out of answers.`

/** What follows from an option, once it is saved. */
export function consequenceOf(
  { name, slots }: ProviderView,
  { on: wasOn, scopes }: Pick<OptionView, 'on' | 'scopes'>,
  on: boolean,
): string | null {
  if (wasOn === on) return null
  if (scopes.length === 0) return `After saving, it counts the next time ${name} is connected.`
  const isConnected = slots.some(({ slot, connection }) => slot === 'organization' && connection)
  if (!on)
    return `After saving, Plugboard no longer uses it. ${name} takes the permission back when it is removed there.`
  return isConnected
    ? `After saving, the connection shows “Grant missing permission” until ${name} has allowed it.`
    : `${name} is asked for it when it is connected.`
}

const onOff = (isOn: boolean): string => (isOn ? 'on' : 'off')

/** Where what is set and what somebody chose differ, a sentence each. */
export function differences({ name, options }: ProviderView, now: PolicySeen, chosen: PolicySeen): string[] {
  const differing = (label: string, isNow: string, isChosen: string) =>
    isNow === isChosen ? [] : [`${label}: now ${isNow}, you chose ${isChosen}.`]
  return [
    ...differing('Who can connect', whoNames[now.whoMayConnect], whoNames[chosen.whoMayConnect]),
    ...options.flatMap(({ id, label }) =>
      differing(label, onOff(now.options[id] === true), onOff(chosen.options[id] === true)),
    ),
    ...differing(`${name} cards in answers`, onOff(now.inAnswers), onOff(chosen.inAnswers)),
  ]
}
