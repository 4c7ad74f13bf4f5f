const quoted = (word: string): string => `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** A filter for what has every word in a field (developer.atlassian.com/cloud/bitbucket/rest/intro, Filtering); none for no word. */
export function allWords(field: string, typed: string): string | undefined {
  const words = typed.split(/\s+/).filter(Boolean)
  return words.length > 0 ? words.map((word) => `${field}~${quoted(word)}`).join(' AND ') : undefined
}

/** A filter for names that begin like this one, and others that have it somewhere. */
export const having = (field: string, text: string): string => `${field}~${quoted(text)}`
