import { AuthorizationResponseError, skipStateCheck, validateAuthResponse } from 'oauth4webapi'
import { errorCode } from './error-code.ts'

export type Callback = { kind: 'code'; code: string } | { kind: 'denied' } | { kind: 'error'; code: string }

/** The state of a callback, for looking up its attempt; null when there is none, or more than one. */
export function readState(url: URL): string | null {
  const [state, second] = url.searchParams.getAll('state')
  return state && second === undefined ? state : null
}

/** Whether somebody said no and nothing leads to their attempt: some providers leave the state out or empty then. */
export const isStatelessDenial = ({ searchParams }: URL): boolean =>
  searchParams.get('error') === 'access_denied' && !searchParams.getAll('state').some(Boolean)

const once = ['code', 'state', 'error', 'iss']

/**
 * What the provider answered at our redirect URI. The state has led to the attempt before this is asked.
 * An `iss` has to be the provider's issuer (RFC 9207 section 2.4); one that is absent is taken, since not every
 * installation of a provider sends it, and each client has a redirect URI of its own (RFC 9700 section 4.4.2.2).
 * `error` codes of ours: `repeated_parameter`, `issuer_mismatch`, `code_missing`; any other is the provider's.
 */
export function readCallback(url: URL, expected: { issuer?: string }): Callback {
  const parameters = url.searchParams
  // RFC 6749 section 3.1: parameters must not be included more than once.
  if (once.some((name) => parameters.getAll(name).length > 1)) return { kind: 'error', code: 'repeated_parameter' }
  const issuer = expected.issuer ?? parameters.get('iss') ?? url.origin
  if (parameters.has('iss') && parameters.get('iss') !== issuer) return { kind: 'error', code: 'issuer_mismatch' }
  try {
    const answer = validateAuthResponse({ issuer }, { client_id: 'ours' }, parameters, skipStateCheck)
    const code = answer.get('code')
    return code ? { kind: 'code', code } : { kind: 'error', code: 'code_missing' }
  } catch (error) {
    if (!(error instanceof AuthorizationResponseError)) return { kind: 'error', code: 'unsupported_response' }
    return error.error === 'access_denied' ? { kind: 'denied' } : { kind: 'error', code: errorCode(error.error) }
  }
}
