import { randomBytes, randomInt } from 'node:crypto'
import { type Installation, newId, type State, type Token, type Workspace, workspaceOf } from './state.ts'

const LIVE_TOKENS = 2
const secret = (length: number): string =>
  `sandbox${randomBytes(length * 2)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')}`.slice(0, length)
const digits = (): string => String(randomInt(1_000_000_000, 9_999_999_999))

type Owner = Pick<Token, 'kind' | 'teamId' | 'userId'>

function newValue(kind: Token['kind'], expires: boolean): string {
  const name = kind === 'bot' ? 'xoxb' : 'xoxp'
  if (expires) return `xoxe.${name}-1-${secret(120)}`
  return `${name}-${digits()}-${digits()}-${kind === 'user' ? `${digits()}-` : ''}${secret(24)}`
}

const isOf = (token: Token, owner: Owner): boolean =>
  token.kind === owner.kind && token.teamId === owner.teamId && token.userId === owner.userId

/** The tokens of a bot or person that still work, oldest first. */
const liveTokens = (state: State, owner: Owner): Token[] =>
  [...state.tokens.values()].filter((token) => isOf(token, owner) && failureOf(state, token) === null)

/**
 * A token for a bot or a person. A long-lived one is the same each time the app is installed; of those that expire,
 * two live at most (docs.slack.dev/authentication/using-token-rotation).
 */
export function issueToken(state: State, owner: Owner, exchangedFrom: string | null = null): Token {
  const { tokenRotation, tokenSeconds } = state.settings
  const [known] = liveTokens(state, owner).filter(({ expiresAt }) => expiresAt === null)
  if (known && !tokenRotation) return known
  const token: Token = {
    ...owner,
    value: newValue(owner.kind, tokenRotation),
    expiresAt: tokenRotation ? state.world.clock.now() + tokenSeconds * 1000 : null,
    ended: null,
    refresh: tokenRotation ? { value: `xoxe-1-${secret(120)}`, usedAt: null, isRevoked: false } : null,
    exchangedFrom,
  }
  const expiring = liveTokens(state, owner).filter(({ expiresAt }) => expiresAt !== null)
  for (const old of expiring.slice(0, Math.max(0, expiring.length - LIVE_TOKENS + 1))) old.ended = 'token_revoked'
  state.tokens.set(token.value, token)
  return token
}

/** Trades a refresh token in: it works once, and until the grace is over; null when it is unknown, used or revoked. */
export function refreshToken(state: State, value: string): Token | null {
  const old = [...state.tokens.values()].find(({ refresh }) => refresh?.value === value)
  if (!old?.refresh || old.refresh.isRevoked) return null
  const now = state.world.clock.now()
  const { usedAt } = old.refresh
  if (usedAt !== null && now >= usedAt + state.settings.refreshGraceSeconds * 1000) return null
  old.refresh.usedAt ??= now
  const original = old.exchangedFrom === null ? null : state.tokens.get(old.exchangedFrom)
  if (original) original.ended ??= 'token_expired'
  return issueToken(state, { kind: old.kind, teamId: old.teamId, userId: old.userId })
}

/** Why a token does not work, in Slack's word; null when it does. */
export function failureOf(state: State, token: Token): NonNullable<Token['ended']> | null {
  if (token.ended !== null) return token.ended
  return token.expiresAt !== null && token.expiresAt <= state.world.clock.now() ? 'token_expired' : null
}

/** Adds an app to a workspace, or scopes to the app that is there. */
export function install(
  state: State,
  workspace: Workspace,
  by: string,
  scopes: { bot: readonly string[]; user: readonly string[] },
): Installation {
  const known = state.installations.get(workspace.id) ?? newInstallation(state, workspace, by)
  state.installations.set(workspace.id, known)
  known.botScopes = [...new Set([...known.botScopes, ...scopes.bot])]
  if (scopes.user.length > 0)
    known.userScopes.set(by, [...new Set([...(known.userScopes.get(by) ?? []), ...scopes.user])])
  if (scopes.bot.length > 0) known.isBotActive = true
  const bot = workspace.people.find(({ id }) => id === known.botUserId)
  if (bot) bot.isDeleted = !known.isBotActive
  return known
}

// The bot user of an app that was removed comes back as itself.
function newInstallation(state: State, workspace: Workspace, by: string): Installation {
  const bot = workspace.people.find(({ isBot, login }) => isBot && login === 'plugboard') ?? {
    id: newId(state, 'U'),
    login: 'plugboard',
    name: 'Plugboard',
    title: '',
    email: '',
    isAdmin: false,
    isBot: true,
    isDeleted: true,
  }
  if (!workspace.people.includes(bot)) workspace.people.push(bot)
  return {
    teamId: workspace.id,
    installedBy: by,
    botUserId: bot.id,
    botId: `B${bot.id.slice(1)}`,
    isBotActive: false,
    botScopes: [],
    userScopes: new Map(),
  }
}

function end(token: Token, reason: NonNullable<Token['ended']>): void {
  token.ended ??= reason
  if (token.refresh) token.refresh.isRevoked = true
}

/** The bot goes: its tokens, its scopes and its places in channels. */
function endBot(state: State, installation: Installation): void {
  installation.isBotActive = false
  installation.botScopes = []
  const workspace = workspaceOf(state, installation.teamId)
  for (const channel of workspace?.channels ?? [])
    channel.members = channel.members.filter((id) => id !== installation.botUserId)
  const bot = workspace?.people.find(({ id }) => id === installation.botUserId)
  if (bot) bot.isDeleted = true
  for (const token of state.tokens.values())
    if (token.kind === 'bot' && token.teamId === installation.teamId) end(token, 'account_inactive')
}

/** A person's authorization goes. */
export function endUser(state: State, installation: Installation, userId: string): void {
  installation.userScopes.delete(userId)
  for (const token of state.tokens.values())
    if (isOf(token, { kind: 'user', teamId: installation.teamId, userId })) end(token, 'token_revoked')
}

/** Removes the app from a workspace: every token of it ends. */
export function uninstall(state: State, installation: Installation): void {
  endBot(state, installation)
  for (const userId of installation.userScopes.keys()) endUser(state, installation, userId)
  state.installations.delete(installation.teamId)
}

/**
 * auth.revoke: a token that expires ends alone; a long-lived one takes its authorization along, and the app with it
 * when nothing is left (docs.slack.dev/authentication/using-token-rotation, uninstalling apps).
 */
export function revokeToken(state: State, token: Token): void {
  const installation = state.installations.get(token.teamId)
  if (token.expiresAt !== null || !installation) {
    token.ended ??= 'token_revoked'
    return
  }
  if (token.kind === 'bot') endBot(state, installation)
  else endUser(state, installation, token.userId)
  if (!installation.isBotActive && installation.userScopes.size === 0) state.installations.delete(token.teamId)
}
