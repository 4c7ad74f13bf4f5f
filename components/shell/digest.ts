/** The hash under which the server logged what a page threw; undefined for what was thrown in the browser. */
export function digestOf(error: unknown): string | undefined {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined
  return typeof digest === 'string' ? digest : undefined
}
