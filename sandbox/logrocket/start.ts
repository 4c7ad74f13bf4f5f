import type { World } from '#sandbox/provider.ts'
import { apps, STANDING_SECRET, startEntries, startSessions } from './data.ts'
import { addEntry, addSession } from './grow.ts'
import { keepKey } from './keys.ts'
import { type State, sessionsOf, startSettings } from './state.ts'

const SINCE_MS = 60 * 86_400_000

/** The simulated LogRocket before anything happened to it; times are counted back from now. */
export function startState(world: World): State {
  const state: State = {
    world,
    settings: startSettings(),
    apps: apps(),
    keys: new Map(),
    entries: [],
    sessions: [],
    requests: [],
    files: new Map(),
    window: null,
  }
  for (const session of startSessions) addSession(state, session)
  for (const { description, ...entry } of startEntries) {
    const seen = description.startsWith('#') ? sessionsOf(state, entry.app)[Number(description.slice(1))] : undefined
    addEntry(state, { ...entry, description: seen ? `${seen.recording}/${seen.number}` : description })
  }
  const createdAt = world.clock.now() - SINCE_MS
  for (const app of state.apps) keepKey(state, app, { name: 'Plugboard', secret: STANDING_SECRET, createdAt })
  return state
}
