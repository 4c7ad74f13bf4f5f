// key:value, !key:value, but no address (https://...) and no sentence (TypeError: x)
const ownSyntax = /(?:^|\s)!?[\w.-]+:(?!\/\/)[^\s:]/

/** What is typed as Sentry's own search (docs.sentry.io/concepts/search) goes as it is; words are looked for as they stand. */
export function toQuery(typed: string): string {
  if (typed === '' || ownSyntax.test(typed) || /^".*"$/.test(typed)) return typed
  return `"${typed.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
