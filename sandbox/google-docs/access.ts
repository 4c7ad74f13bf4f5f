import { type Answer, type Call, header, json } from '#sandbox/http.ts'
import { type AccessToken, type Account, type Api, accountOf, PROJECT_NUMBER, type State } from './state.ts'
import { isAccessLive } from './tokens.ts'

/** Who asks, through which token. */
export type Caller = { account: Account; token: AccessToken }
export type Context = { state: State; caller: Caller }
/** What a method needs: any one of `scopes`. `rpc` is its name in errors. */
export type Method = { api: Api; rpc: string; scopes: readonly string[] }

type Detail = { reason: string; domain?: string; message?: string; location?: string; locationType?: string }

/** An answer that ends the request early. */
export class Refusal extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super('refused')
    this.answer = answer
  }
}

const INVALID_TOKEN =
  'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.'
const UNREGISTERED =
  "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API."
const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
}

/** An error as Drive tells it (developers.google.com/workspace/drive/api/guides/handle-errors). */
export function driveRefusal(
  code: number,
  message: string,
  detail: Detail,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Refusal {
  const { domain = 'global', message: own = message, ...rest } = detail
  return new Refusal(
    json(code, { error: { code, message, errors: [{ message: own, domain, ...rest }], ...more } }, headers),
  )
}

/** An error of a parameter, as Drive tells it. */
export const badParameter = (location: string, message = 'Invalid Value', reason = 'invalid'): Refusal =>
  driveRefusal(400, message, { reason, location, locationType: 'parameter' })

/** An error as the newer APIs tell it (cloud.google.com/apis/design/errors). */
export const rpcRefusal = (
  code: number,
  message: string,
  more: { status?: string; details?: unknown[] } = {},
  headers: Record<string, string> = {},
): Refusal => new Refusal(json(code, { error: { code, message, status: STATUS[code], ...more } }, headers))

/** The error that both APIs tell, each in its form. */
export function refusal(
  api: Api,
  code: number,
  message: string,
  detail: Detail,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Refusal {
  if (api === 'docs') return rpcRefusal(code, message, more, headers)
  return driveRefusal(code, message, detail, { status: STATUS[code], ...more }, headers)
}

/** Why, in the machine's word (google.rpc.ErrorInfo). */
export const errorInfo = (reason: string, metadata: Record<string, string>) => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain: 'googleapis.com',
  metadata,
})

/** The token of an Authorization header. One in the address is not read. */
export const bearer = (call: Call): string | undefined =>
  /^bearer (\S+)$/i.exec(header(call, 'authorization') ?? '')?.[1]

/** Who sent this call, if the token works, the API is switched on and the method is within the scopes. */
export function callerOf(call: Call, state: State, { api, rpc, scopes }: Method): Caller {
  const value = bearer(call)
  if (value === undefined) throw refusal(api, 403, UNREGISTERED, { reason: 'forbidden' })
  const token = state.accessTokens.get(value)
  const account = token && accountOf(state, token.account)
  const realm = 'Bearer realm="https://accounts.google.com/"'
  if (!token || !account || account.isDisabled || !isAccessLive(state, token)) {
    const about = {
      message: 'Invalid Credentials',
      reason: 'authError',
      location: 'Authorization',
      locationType: 'header',
    }
    throw refusal(api, 401, INVALID_TOKEN, about, {}, { 'www-authenticate': `${realm}, error="invalid_token"` })
  }
  call.note.token = token.value
  call.note.account = account.email
  refuseSwitchedOff(state, api)
  if (!scopes.some((scope) => token.scopes.includes(scope))) {
    const details = [errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', { service: `${api}.googleapis.com`, method: rpc })]
    const headers = { 'www-authenticate': `${realm}, error="insufficient_scope", scope="${scopes.join(' ')}"` }
    const about = { message: 'Insufficient Permission', reason: 'insufficientPermissions' }
    throw refusal(api, 403, 'Request had insufficient authentication scopes.', about, { details }, headers)
  }
  return { account, token }
}

function refuseSwitchedOff({ settings }: State, api: Api): void {
  if (settings.disabledApis.includes(api)) {
    const name = api === 'drive' ? 'Google Drive API' : 'Google Docs API'
    const address = `https://console.developers.google.com/apis/api/${api}.googleapis.com/overview?project=${PROJECT_NUMBER}`
    const message = `${name} has not been used in project ${PROJECT_NUMBER} before or it is disabled. Enable it by visiting ${address} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`
    const metadata = { service: `${api}.googleapis.com`, consumer: `projects/${PROJECT_NUMBER}` }
    const about = { reason: 'accessNotConfigured', domain: 'usageLimits' }
    throw refusal(api, 403, message, about, { details: [errorInfo('SERVICE_DISABLED', metadata)] })
  }
  if (settings.domainPolicy)
    throw refusal(api, 403, 'The domain administrators have disabled Drive apps.', { reason: 'domainPolicy' })
}
