import { Refused } from '#sandbox/provider.ts'
import { type Parsed, parsed, Revocation, Settings } from './control-input.ts'
import { issueKey } from './keys.ts'
import { setFreeRemaining } from './limits.ts'
import { type Account, accountOf, type Key, type State } from './state.ts'

/** POST /__sandbox/set for OpenRouter; answers the key it made, and the prompts received when they are asked for. */
export function set(state: State, input: unknown): unknown {
  const {
    provider: _,
    account,
    credits,
    freeRemaining = {},
    changeKeys,
    makeKey,
    readPrompts,
    ...settings
  } = parsed(Settings, input)
  Object.assign(state.settings, settings)
  for (const one of account === undefined ? state.accounts : [existing(state, account)]) {
    if (credits !== undefined) setCredits(one, credits)
    if (freeRemaining.minute !== undefined) setFreeRemaining(state, one, 'minute', freeRemaining.minute)
    if (freeRemaining.day !== undefined) setFreeRemaining(state, one, 'day', freeRemaining.day)
  }
  if (changeKeys) changeMatching(state, changeKeys)
  return {
    ok: true,
    ...(makeKey && { key: makeByHand(state, makeKey).value }),
    ...(readPrompts && { prompts: state.received }),
  }
}

/** POST /__sandbox/revoke: deletes one key, or every key of an account, as in its settings. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  const ended = [...state.keys.values()].filter((key) =>
    'token' in wanted ? key.value === wanted.token : key.account === wanted.account,
  )
  for (const key of ended) state.keys.delete(key.value)
  return { ok: true, ended: ended.length }
}

// What is bought stays bought, so that free limits and the free tier do not change with it.
function setCredits(account: Account, credits: number): void {
  if (credits > account.purchased) account.purchased = credits
  account.spent = account.purchased - credits
}

function changeMatching(state: State, change: Parsed<'changeKeys'>): void {
  const { account, key: value, disabled, limit, limitReset, expiresAt } = change
  const matching = [...state.keys.values()].filter(
    (key) => (account ?? key.account) === key.account && (value ?? key.value) === key.value,
  )
  if (matching.length === 0) throw new Refused('no such key')
  for (const key of matching) {
    if (disabled !== undefined) key.isDisabled = disabled
    if (limit !== undefined) key.limit = limit
    if (limitReset !== undefined) key.limitReset = limitReset
    if (expiresAt !== undefined) key.expiresAt = expiresAt === null ? null : Date.parse(expiresAt)
  }
}

function makeByHand(state: State, input: Parsed<'makeKey'>): Key {
  const { account, label, management, disabled, limit, limitReset, expiresAt } = input
  return issueKey(state, {
    account: existing(state, account).login,
    isManagement: management,
    isDisabled: disabled,
    limit,
    limitReset,
    expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
    ...(label !== undefined && { label }),
  })
}

function existing(state: State, login: string): Account {
  const account = accountOf(state, login)
  if (!account) throw new Refused(`no account ${login}`)
  return account
}
