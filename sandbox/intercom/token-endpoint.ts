import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Answer, type Call, fields, json } from '#sandbox/http.ts'
import { identify, requireAccept } from './access.ts'
import { uninstall } from './ending.ts'
import { Refusal, refused, unauthorized } from './refusal.ts'
import { accountName, intercomApp, type State, type Token } from './state.ts'

/** What happens under /auth/ of the API's host; null when it is something else. */
export function answerAuth(call: Call, state: State): Answer | null {
  const work = WORK[`${call.method} ${call.rest}`]
  if (!work) return null
  try {
    return work(call, state)
  } catch (problem) {
    if (problem instanceof Refusal) return refused(problem)
    throw problem
  }
}

const WORK: Readonly<Record<string, (call: Call, state: State) => Answer>> = {
  'POST /auth/eagle/token': redeem,
  'POST /auth/uninstall': leave,
}

// developers.intercom.com/docs/build-an-integration/learn-more/authentication/setting-up-oauth
function redeem(call: Call, state: State): Answer {
  const sent = fields(call) ?? {}
  const app = intercomApp(state.world)
  const isApp = sent.client_id === app.clientId && equal(sent.client_secret ?? '', app.clientSecret)
  if (!isApp) throw unauthorized('Unauthorized')
  const code = state.codes.get(sent.code ?? '')
  state.codes.delete(sent.code ?? '')
  if (!code || code.expiresAt <= state.world.clock.now()) throw unauthorized('Unauthorized Code')
  const workspace = state.workspaces.find((one) => one.code === code.code)
  const admin = workspace?.admins.find(({ id, hasGone }) => id === code.adminId && !hasGone)
  if (!workspace || !admin) throw unauthorized('Unauthorized Code')
  const token = issueToken(state, workspace.code, admin.id)
  call.note.token = token.value
  call.note.account = accountName(workspace, admin)
  return json(200, { token_type: 'Bearer', token: token.value, access_token: token.value })
}

/** Puts the app into a workspace, with one more token for it. */
function issueToken(state: State, code: string, adminId: string): Token {
  const value = Buffer.from(`tok:${randomBytes(20).toString('hex')}:1:0`).toString('base64')
  const token = { value, code, adminId, hasEnded: false }
  state.tokens.set(value, token)
  state.installed.add(code)
  return token
}

/** The app leaves the whole workspace (installing-uninstalling-apps). */
function leave(call: Call, state: State): Answer {
  const { workspace } = identify(call, state)
  requireAccept(call)
  uninstall(state, workspace)
  return json(200, {})
}

/** Compares secrets without telling where they differ. */
function equal(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
