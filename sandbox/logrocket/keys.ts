import { randomBytes } from 'node:crypto'
import { type App, appIdOf, type Key, type State } from './state.ts'

const letters = (): string =>
  randomBytes(40)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 20)

/** Makes and keeps a key, which is of one project and does not expire. */
export function keepKey(
  state: State,
  app: App,
  {
    name,
    secret = letters(),
    createdAt = state.world.clock.now(),
  }: { name: string; secret?: string; createdAt?: number },
): Key {
  const key = { value: `${app.organization}:${app.name}:${secret}`, name, app: appIdOf(app), createdAt }
  state.keys.set(key.value, key)
  return key
}

/** Ends keys; answers how many that were. */
export function endKeys(state: State, isEnded: (key: Key) => boolean): number {
  const ended = [...state.keys.values()].filter(isEnded)
  for (const { value } of ended) state.keys.delete(value)
  return ended.length
}
