import type { Answer, Failure } from '#lib/providers/define-api.ts'

const PAGE = 500

/** What an error says: text, or JSON around it; a page of some proxy says nothing. Read to tell cases apart, never shown. */
const wordsOf = (body: string): string => (body.trimStart().startsWith('<') ? '' : body.slice(0, PAGE))

const BAD = '\\b(?:invalid|unknown|revoked)\\b'
const BAD_KEY = new RegExp(`${BAD}.*\\bkey\\b|\\bkey\\b.*${BAD}`, 'is')

/**
 * What a refusal means. The errors are plain text, and which of 401 and 403 is a key that is unknown and which one of another
 * project is not documented: where the words tell, they decide.
 */
export function failure({ status, body }: Answer): Failure | null {
  const said = wordsOf(body)
  if (status !== 401 && status !== 403 && status !== 404) return null
  if (status !== 404 && BAD_KEY.test(said)) return 'expired'
  if (status !== 401 && /\b(?:plan|add-on|upgrade|not enabled)\b/i.test(said)) return 'plan'
  return status === 401 && /\bproject\b/i.test(said) ? 'forbidden' : null
}

export const NO_AUDIT_LOG = 'no_audit_log'
export const NO_HIGHLIGHTS = 'no_highlights'
export const NOBODY = 'nobody'

/** What can be done where a part of LogRocket is missing. */
export const remedies = {
  [NO_AUDIT_LOG]:
    'LogRocket keeps no audit log of this project, so it does not say which sessions were viewed. Ask LogRocket whether your plan has one.',
  [NO_HIGHLIGHTS]: 'LogRocket writes no highlights for this project. They come with its Pro and Enterprise plans.',
  [NOBODY]: 'LogRocket did not take that user. Check the e-mail address or the user ID.',
}
