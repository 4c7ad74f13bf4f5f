import { createHash } from 'node:crypto'
import type { Entry, Session, State } from './state.ts'

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

function timeOf(state: State, ago: string): number {
  const [, amount = '0', unit = 's'] = /^(\d+)([smhdw])$/.exec(ago) ?? []
  return state.world.clock.now() - Number(amount) * (SECONDS[unit] ?? 0) * 1000
}

// A recording is a browser's; what follows the slash counts its sessions.
function recordingOf(app: string, userId: string): string {
  const hex = createHash('md5').update(`${app} ${userId}`).digest('hex')
  return `6-${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** Adds a session of one of a project's customers. */
export function addSession(
  state: State,
  { ago, ...about }: Omit<Session, 'recording' | 'at'> & { ago: string },
): Session {
  const session = { ...about, recording: recordingOf(about.app, about.userId), at: timeOf(state, ago) }
  state.sessions.push(session)
  return session
}

/** Adds a line to a project's audit log, a millisecond later than one that is there at its time. */
export function addEntry(state: State, { ago, ...about }: Omit<Entry, 'at'> & { ago: string }): Entry {
  let at = timeOf(state, ago)
  while (state.entries.some((one) => one.app === about.app && one.at === at)) at += 1
  const entry = { ...about, at }
  state.entries.push(entry)
  return entry
}
