import { Refused } from '#sandbox/provider.ts'
import { noteChange } from './changes.ts'
import { setFile } from './control-file.ts'
import { Input, type Parsed, parsed, Revocation } from './control-input.ts'
import { setRemaining } from './limits.ts'
import { accountOf, fileOf, rootIdOf, type SharedDrive, type State } from './state.ts'
import { endGrant, endTokens, revocable } from './tokens.ts'

/** POST /__sandbox/set for Google; answers the ids of what it made. */
export function set(state: State, input: unknown): unknown {
  const {
    provider: _,
    limits,
    rateRemaining,
    account,
    drive,
    files,
    fill,
    removeFile,
    ...settings
  } = parsed(Input, input)
  Object.assign(state.settings, settings)
  Object.assign(state.settings.limits, limits)
  if (rateRemaining) {
    knownAccount(state, rateRemaining.account)
    setRemaining(state, rateRemaining.api, rateRemaining.account, rateRemaining.remaining)
  }
  if (account) setAccount(state, account)
  const made = drive && setDrive(state, drive)
  const written = files?.map((file) => setFile(state, file))
  for (let number = 1; fill && number <= fill.count; number += 1)
    setFile(state, { owner: fill.owner, name: `${fill.prefix} ${number}` })
  if (removeFile !== undefined) dropFile(state, removeFile)
  return {
    ok: true,
    ...(made && { drive: { id: made.id } }),
    ...(written && { files: written.map(({ id, name }) => ({ id, name })) }),
  }
}

/** POST /__sandbox/revoke: as on the page of an account's connections, or by a token. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  if ('token' in wanted) {
    const account = revocable(state, wanted.token)
    return { ok: true, ended: account === null ? 0 : endGrant(state, account) }
  }
  knownAccount(state, wanted.account)
  if (wanted.only) return { ok: true, ended: endTokens(state, wanted.account, [wanted.only]) }
  return { ok: true, ended: endGrant(state, wanted.account) }
}

function knownAccount(state: State, email: string): void {
  if (accountOf(state, email)) return
  throw new Refused(`no account ${email}; there are: ${state.accounts.map((one) => one.email).join(', ')}`)
}

function setAccount(state: State, { email, name, hd, disabled, renamedTo }: Parsed<'account'>): void {
  const known = accountOf(state, email)
  const number = String(900 + state.accounts.length)
  const account = known ?? {
    sub: `1084${number.padStart(17, '6')}`,
    permissionId: `06${number.padStart(18, '2')}`,
    email,
    name: email,
    hd: null,
    rootId: rootIdOf(email),
    isDisabled: false,
  }
  if (!known) state.accounts.push(account)
  account.name = name ?? account.name
  if (hd !== undefined) account.hd = hd
  account.isDisabled = disabled ?? account.isDisabled
  if (renamedTo !== undefined) rename(state, email, renamedTo)
}

// The person stays the same `sub`; what they own, share and gave stays theirs.
function rename(state: State, from: string, to: string): void {
  const move = <Value>(record: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).map(([email, value]) => [email === from ? to : email, value]))
  const named = (email: string): string => (email === from ? to : email)
  for (const one of state.accounts) one.email = named(one.email)
  for (const drive of state.drives) drive.members = move(drive.members)
  for (const file of state.files) {
    file.owner = file.owner === null ? null : named(file.owner)
    file.modifiedBy = named(file.modifiedBy)
    file.roles = move(file.roles)
    file.sharedAt = move(file.sharedAt)
    file.viewedAt = move(file.viewedAt)
    file.starredBy = file.starredBy.map(named)
    file.pickedBy = file.pickedBy.map(named)
  }
  for (const token of [...state.accessTokens.values(), ...state.refreshTokens.values()])
    token.account = named(token.account)
  const grant = state.grants.get(from)
  state.grants.delete(from)
  if (grant) state.grants.set(to, { ...grant, account: to })
}

function setDrive(state: State, { id, name, members }: Parsed<'drive'>): SharedDrive {
  const known = state.drives.find((one) => one.id === id)
  if (id !== undefined && !known) throw new Refused(`no shared drive ${id}`)
  const drive = known ?? { id: rootIdOf(`drive ${name}`), name, createdAt: state.world.clock.now(), members: {} }
  Object.assign(drive, { name, members })
  if (!known) state.drives.push(drive)
  return drive
}

function dropFile(state: State, id: string): void {
  if (!fileOf(state, id)) throw new Refused(`no file ${id}`)
  state.files = state.files.filter((file) => file.id !== id)
  noteChange(state, id, { isRemoved: true })
}
