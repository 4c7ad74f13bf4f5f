import { Refused } from '#sandbox/provider.ts'
import { type Parsed, parsed, Revocation, Settings } from './control-input.ts'
import { addEntry, addSession } from './grow.ts'
import { endKeys, keepKey } from './keys.ts'
import { type App, appOf, type Entry, type State, sessionsOf } from './state.ts'

/** POST /__sandbox/set for LogRocket; answers what it made: a key, entries. */
export function set(state: State, input: unknown): unknown {
  const { provider: _, makeKey, features, entries, highlights, ...settings } = parsed(Settings, input)
  Object.assign(state.settings, settings)
  Object.assign(state.settings.highlights, highlights)
  if (settings.rateLimit !== undefined) state.window = null
  if (features) {
    const { app, ...wanted } = features
    Object.assign(named(state, app).features, wanted)
  }
  const made = entries?.map((one) => setEntry(state, one))
  return {
    ok: true,
    ...(made && { entries: made.map(({ description }) => ({ description })) }),
    ...(makeKey && { token: keepKey(state, named(state, makeKey.app), makeKey).value }),
  }
}

/** POST /__sandbox/revoke: a key, or all of a project or an organization. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  const ended = endKeys(state, ({ value, app }) =>
    'token' in wanted ? value === wanted.token : app === wanted.account || app.split('/')[0] === wanted.account,
  )
  return { ok: true, ended }
}

function named(state: State, id: string): App {
  const app = appOf(state, id)
  if (app) return app
  throw new Refused(`no project ${id}`)
}

function setEntry(state: State, { session, description, ...about }: Parsed<'entries'>[number]): Entry {
  named(state, about.app)
  if (description !== undefined) return addEntry(state, { ...about, description })
  const number = sessionsOf(state, about.app).length
  const plain = {
    userId: `visitor-${number}`,
    email: 'visitor@customer.example',
    name: 'A visitor',
    summary: 'Looked around.',
  }
  const made = addSession(state, { app: about.app, ago: about.ago, number, ...plain, ...session })
  return addEntry(state, { ...about, description: `${made.recording}/${made.number}` })
}
