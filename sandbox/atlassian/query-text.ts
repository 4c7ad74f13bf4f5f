const WORDS = /[\p{L}\p{N}_]+/gu

/** A word without the endings that make no difference to the search. */
const stem = (word: string): string =>
  word
    .toLowerCase()
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/(?:ing|ed|s)$/, '')
    .replace(/e$/, '')

const wordsOf = (text: string): string[] => text.match(WORDS) ?? []

/** Whether a text has what `~` asks for: every word, those in quotes side by side, and `retr*` for beginnings. */
export function isLike(text: string, wanted: string): boolean {
  const words = wordsOf(text)
  const stems = words.map(stem)
  const phrases = [...wanted.matchAll(/"([^"]*)"/g)].map(([, phrase = '']) => wordsOf(phrase).map(stem))
  const single = wanted.replace(/"[^"]*"/g, ' ').match(/[\p{L}\p{N}_]+\*?/gu) ?? []
  if (phrases.flat().length + single.length === 0) return false
  const hasPhrase = (phrase: readonly string[]) =>
    stems.some((_word, index) => phrase.every((one, offset) => stems[index + offset] === one))
  const hasWord = (word: string) =>
    word.endsWith('*')
      ? words.some((one) => one.toLowerCase().startsWith(word.slice(0, -1).toLowerCase()))
      : stems.includes(stem(word))
  return phrases.every(hasPhrase) && single.every(hasWord)
}
