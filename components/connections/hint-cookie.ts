/** Set in a browser where the hub's line about connecting more was dismissed. */
export const hintCookie = 'pb_hub_hint'
const yearSeconds = 365 * 24 * 60 * 60

/** Dismisses the line for this browser; the server reads it, so that it does not come and go. */
export function dismissHint(): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${hintCookie}=off; path=/; max-age=${yearSeconds}; samesite=lax`
}
