const AUTH = 'https://www.googleapis.com/auth/'

/** developers.google.com/identity/protocols/oauth2/scopes: those of Drive, Docs and signing in, and what the consent page says of them. */
const MEANINGS: Readonly<Record<string, string>> = {
  openid: 'Associate you with your personal info on Google',
  [`${AUTH}userinfo.email`]: 'See your primary Google Account email address',
  [`${AUTH}userinfo.profile`]: 'See your personal info, including any you’ve made publicly available',
  [`${AUTH}drive`]: 'See, edit, create, and delete all of your Google Drive files',
  [`${AUTH}drive.readonly`]: 'See and download all your Google Drive files',
  [`${AUTH}drive.metadata`]: 'View and manage metadata of files in your Google Drive',
  [`${AUTH}drive.metadata.readonly`]: 'See information about your Google Drive files',
  [`${AUTH}drive.file`]: 'See, edit, create, and delete only the specific Google Drive files you use with this app',
  [`${AUTH}documents`]: 'See, edit, create, and delete all your Google Docs documents',
  [`${AUTH}documents.readonly`]: 'See all your Google Docs documents',
  [`${AUTH}spreadsheets.readonly`]: 'See all your Google Sheets spreadsheets',
  [`${AUTH}calendar.readonly`]: 'See and download any calendar you can access using your Google Calendar',
}
const ALIASES: Readonly<Record<string, string>> = { email: `${AUTH}userinfo.email`, profile: `${AUTH}userinfo.profile` }
const SIGN_IN = ['openid', `${AUTH}userinfo.email`, `${AUTH}userinfo.profile`]

/** A scope by its last word, as the tables of methods name them. */
export const named = (...words: string[]): string[] => words.map((word) => `${AUTH}${word}`)

/** The scopes of a request by their full names, or those that do not exist. Signing in brings `openid`. */
export function readScopes(text: string): { scopes: string[] } | { unknown: string[] } {
  const asked = text.split(/\s+/).filter(Boolean)
  const scopes = asked.map((scope) => ALIASES[scope] ?? scope)
  const unknown = scopes.filter((scope) => !Object.hasOwn(MEANINGS, scope))
  if (unknown.length > 0) return { unknown }
  return { scopes: [...new Set(scopes.some(isSignIn) ? [...scopes, 'openid'] : scopes)] }
}

/** Scopes that come with signing in: nobody can untick these. */
export const isSignIn = (scope: string): boolean => SIGN_IN.includes(scope)

/** What the consent page says a scope is for. */
export const meaning = (scope: string): string => MEANINGS[scope] ?? ''

/** Whether a list of scopes has one, by any of its names. */
export const includesScope = (list: readonly string[], scope: string): boolean =>
  list.some((one) => (ALIASES[one] ?? one) === scope || `${AUTH}${one}` === scope)
