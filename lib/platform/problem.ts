/** What can go wrong on purpose: kind -> [status, title]. Clients switch on the kind, never on the text. */
export const problems = {
  'bad-request': [400, 'The request cannot be read'],
  'sign-in-required': [401, 'Sign in to continue'],
  'token-not-accepted': [401, 'This API token is not accepted'],
  'sign-in-failed': [401, 'The email address or the password is not right'],
  forbidden: [403, 'You may not do this'],
  'scope-missing': [403, 'The API token lacks a scope'],
  'not-on-boards': [403, 'Not available on boards'],
  'other-origin': [403, 'The request came from another site'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'This address does not take that method'],
  conflict: [409, 'Something else changed it first'],
  'already-exists': [409, 'It already exists'],
  'last-owner': [409, 'Add another owner first'],
  'connect-attempt-ended': [409, 'This attempt has ended'],
  'not-connected': [409, 'There is no working connection'],
  'other-account': [409, 'It belongs to another account'],
  'consent-required': [409, 'Confirm first'],
  gone: [410, 'This link has been used or has expired'],
  'body-too-large': [413, 'The request is too large'],
  'fields-not-accepted': [422, 'Some fields need another look'],
  'permission-missing': [422, 'A permission is missing'],
  'link-not-recognized': [422, 'No connected tool recognizes this link'],
  'too-many-requests': [429, 'Too many requests'],
  'provider-refused': [502, 'The provider refused'],
  'provider-unavailable': [502, 'The provider did not answer'],
  'provider-rate-limited': [503, 'The provider asked us to wait'],
  'not-available': [503, 'Not available here'],
  unexpected: [500, 'Something went wrong on our side'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemKind = keyof typeof problems

/** What to do where nobody who threw it said so. */
const ways: Partial<Record<ProblemKind, string>> = {
  'bad-request': 'Reload the page and try again.',
  forbidden: 'Ask an owner or an admin.',
  conflict: 'Reload the page and try again.',
  'not-found': 'It may have been removed. Reload the page.',
  'body-too-large': 'Send less at once.',
  unexpected: 'Try again.',
}
export type FieldError = { pointer: string; detail: string }
type Extra = { errors?: readonly FieldError[]; retryAfterSeconds?: number; members?: Record<string, unknown> }

/** The one error the house throws on purpose. `detail` is shown to people and never holds a secret or a foreign text. */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly extra: Extra
  constructor(kind: ProblemKind, detail?: string, extra: Extra = {}) {
    super(detail ?? [problems[kind][1], ways[kind]].filter(Boolean).join('. '))
    this.name = 'Problem'
    this.kind = kind
    this.extra = extra
  }
  get status(): number {
    return problems[this.kind][0]
  }
}

/** A problem of one field: 422 with the JSON pointer of the field and what to do about it. */
export const fieldProblem = (field: string, detail: string): Problem =>
  new Problem('fields-not-accepted', detail, { errors: [{ pointer: `/${field}`, detail }] })

/** The problem as RFC 9457 says it; anything that is not a Problem becomes a 500 without detail. */
export function problemBody(error: unknown, requestId: string) {
  const problem = error instanceof Problem ? error : new Problem('unexpected')
  return {
    type: `/problems/${problem.kind}`,
    title: problems[problem.kind][1],
    status: problem.status,
    detail: problem.message,
    requestId,
    ...(problem.extra.errors ? { errors: problem.extra.errors } : {}),
    ...problem.extra.members,
  }
}
