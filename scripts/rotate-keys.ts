// npm run rotate-keys: seals with the first key of KEYRING what the others sealed, while everything serves
// (docs/runbooks/keys.md). It can be ended anywhere and run again. `-- status` only counts.
import './lib/server-only.mjs'
import { onEnd } from './lib/lifeline.mjs'
import { messageOf } from './lib/message-of.ts'
import { refuseIfBehind } from './lib/migration-history.ts'
import { openUrls } from './lib/open-urls.ts'
import { readSecrets } from './lib/secrets.ts'
import { programEnv, readSettings } from './lib/settings.ts'

const TOLD_EVERY_MS = 1000
const say = (line: string) => console.log(`[rotate-keys] ${line}`)
const number = new Intl.NumberFormat('en')

/** What the web and worker processes have, of the environment or of embedded mode; `close` ends what had to be started. */
async function prepare(): Promise<() => Promise<void>> {
  const settings = readSettings(process.env, false)
  if (!settings.isEmbedded) return async () => {}
  const { urls, close } = await openUrls(say)
  const { authSecret, keyring } = readSecrets(settings.dataDir)
  const own = {
    DATABASE_URL: urls.app,
    AUTH_SECRET: process.env.AUTH_SECRET || authSecret,
    KEYRING: process.env.KEYRING || keyring,
  }
  Object.assign(process.env, programEnv(settings, process.env, own))
  return close
}

/** Resolves with whether the first key alone would do. */
async function run(isStatus: boolean): Promise<boolean> {
  const { env } = await import('#lib/platform/env.ts')
  const { assertRoleIsConfined, disconnect } = await import('#lib/platform/db.ts')
  const { checkKeys } = await import('#lib/vault/check-keys.ts')
  const { countSealed, rotateKeys } = await import('#lib/vault/rotate-keys.ts')
  const { sealedColumns } = await import('#worker/sealed.ts')
  const stop = new AbortController()
  onEnd(() => stop.abort())
  try {
    await refuseIfBehind(env().DATABASE_URL)
    await assertRoleIsConfined()
    await checkKeys()
    const [first, ...others] = env().KEYRING.map(({ kid }) => kid)
    if (isStatus) return tell(await countSealed(sealedColumns), first, others)
    const { held, resealed, unreadable, forgotten } = await rotateKeys(sealedColumns, {
      onProgress: tellProgress(first),
      signal: stop.signal,
    })
    say(`${number.format(resealed)} sealed anew`)
    if (unreadable > 0)
      say(`${number.format(unreadable)} are damaged or were moved: no key opens them, and they were left as they are`)
    for (const kid of forgotten) say(`${kid} has nothing left and is in KEYRING no more: forgotten`)
    if (stop.signal.aborted) say('ended before it was done: run it again')
    return tell(held, first, others)
  } finally {
    await disconnect()
  }
}

type Progress = { what: string; done: number; of: number }

function tellProgress(first = ''): (progress: Progress) => void {
  let toldAt = 0
  return ({ what, done, of }) => {
    if (done < of && Date.now() - toldAt < TOLD_EVERY_MS) return
    toldAt = Date.now()
    say(`${what}: ${number.format(done)} of ${number.format(of)} are sealed with ${first}`)
  }
}

type Held = { what: string; kid: string | null; count: number }

/** What each key still holds, and what may be done with it. */
function tell(held: readonly Held[], first = '', others: readonly string[]): boolean {
  const of = (kid: string | null) =>
    held.filter((one) => one.kid === kid).map(({ what, count }) => `${number.format(count)} ${what}`)
  say(`${first} seals: ${of(first).join(', ') || 'nothing yet'}`)
  for (const kid of others)
    say(
      of(kid).length > 0 ? `${kid} still holds: ${of(kid).join(', ')}` : `${kid} holds nothing: take it out of KEYRING`,
    )
  const rest = [...new Set(held.map(({ kid }) => kid))].filter(
    (kid) => kid === null || ![first, ...others].includes(kid),
  )
  for (const kid of rest)
    say(
      `${kid ?? 'no key'} sealed ${of(kid).join(', ')}: unreadable until ${kid ?? 'a backup'} is back, and left as they are`,
    )
  return others.every((kid) => of(kid).length === 0) && rest.length === 0
}

const [verb] = process.argv.slice(2)
if (verb && verb !== 'status') {
  console.error('usage: npm run rotate-keys [-- status]')
  process.exit(2)
}
try {
  const close = await prepare()
  try {
    process.exitCode = (await run(verb === 'status')) ? 0 : 1
  } finally {
    await close()
  }
} catch (error) {
  console.error(`[rotate-keys] ${messageOf(error)}`)
  process.exitCode = 1
}
