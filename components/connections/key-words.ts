import type { FieldView, MethodView, ProviderView, ScopeView, SlotView } from '#lib/connections/schema.ts'
import { methodNames } from './slot-words.ts'

/** A way to connect that takes a pasted secret, with all that its form needs. */
export type KeyMethod = MethodView & Required<Pick<MethodView, 'noun' | 'makeAt' | 'makeLabel' | 'scopes' | 'fields'>>

/** Whether a way to connect takes a pasted secret. */
export const isKeyMethod = (method: MethodView): method is KeyMethod => method.fields !== undefined

/** The way a slot's key came in, where it stands by one; else the first of its ways that takes one. */
export function keyMethodOf({ methods, connection }: SlotView): KeyMethod | undefined {
  const keys = methods.filter(isKeyMethod)
  return keys.find(({ id }) => id === connection?.method) ?? keys[0]
}

/** Whether the key of a method would take the place of one that is there. */
export const isReplacing = ({ connection, status }: SlotView, method: MethodView): boolean =>
  connection !== null && connection.method === method.id && status !== 'disconnected'

/** The name under which a field is sent by the browser's form: the secret one is told apart by that name alone. */
export const inputName = ({ name, secret, advanced }: FieldView): string =>
  secret && !advanced ? 'credential' : secret ? `credential-${name}` : `field-${name}`

/** Whether a permission is needed as the form stands: one of an option only while that is on. */
export const isNeeded = ({ option }: ScopeView, choices: Readonly<Record<string, string>>): boolean =>
  option === undefined || choices[option] === 'on'

/** What each choice is before anybody chooses: the first, or what it was, which the server knows. */
export const firstChoices = (fields: readonly FieldView[], isReplacing: boolean): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ name, choices }) => (choices?.[0] ? [[name, isReplacing ? '' : choices[0].id]] : [])),
  )

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('en') + text.slice(1)

/** "a personal access token", "an API key". */
export function methodWithArticle({ type }: MethodView): string {
  const name = methodNames[type] ?? type
  const words = /^[A-Z]{2}/.test(name) ? name : name.charAt(0).toLocaleLowerCase('en') + name.slice(1)
  return `${/^[aeiou]/i.test(words) ? 'an' : 'a'} ${words}`
}

/** Where a key stands or is to stand. */
export type KeyPlace = { provider: ProviderView; slot: SlotView; method: KeyMethod; org: string }
