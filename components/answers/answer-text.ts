/** A piece of a sentence: words, or the number of the source it rests on. */
export type Part = { words: string } | { cites: number }
export type Sentence = { parts: readonly Part[]; isGrounded: boolean }
export type Paragraph = readonly Sentence[]

const CITATION = /\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g
const LEADING = /^(?:\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\]\s*[.,;:]?)+/
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/** The sentences of a text; a citation behind a full stop belongs to the sentence before it. */
function sentencesIn(text: string): string[] {
  const found: string[] = []
  for (const { segment } of sentences.segment(text)) {
    const [citations = ''] = LEADING.exec(segment) ?? []
    const last = found.at(-1)
    const taken = last === undefined ? '' : citations
    if (taken) found[found.length - 1] = last + taken
    const rest = segment.slice(taken.length)
    // a sign that no space follows ends no sentence
    const goesOn = last !== undefined && taken === '' && !/\s$/.test(last)
    if ((goesOn || rest.trim() === '') && found.length > 0) found[found.length - 1] += rest
    else found.push(rest)
  }
  return found
}

/** Markdown's stars and headings are no words; anything else of it stays the text it is. */
const plain = (text: string): string => text.replace(/\*\*(.+?)\*\*/g, '$1').replace(/^#{1,6}\s+/gm, '')

function partsOf(text: string, known: ReadonlySet<number>): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const match of text.matchAll(CITATION)) {
    const numbers = (match[1] ?? '').split(',').map(Number)
    if (!numbers.every((number) => known.has(number))) continue
    const words = text.slice(from, match.index)
    if (words) parts.push({ words })
    parts.push(...numbers.map((cites) => ({ cites })))
    from = match.index + match[0].length
  }
  const rest = text.slice(from)
  return rest ? [...parts, { words: rest }] : parts
}

const isCitation = (part: Part): part is { cites: number } => 'cites' in part
/** Whether a sentence says anything: "Also:" and a lone dash rest on nothing and need not. */
const saysNothing = (text: string): boolean => /:\s*$/.test(text) || !/\p{L}{2}/u.test(text)

/** A model's words, taken apart to be drawn as text. `known` are the numbers of the sources it was given. */
export function paragraphsOf(text: string, known: ReadonlySet<number>): Paragraph[] {
  return plain(text)
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) =>
      sentencesIn(line).map((sentence) => {
        const parts = partsOf(sentence, known)
        return { parts, isGrounded: parts.some(isCitation) || saysNothing(sentence) }
      }),
    )
}

/** What of an answer that still comes can be read: its whole sentences. */
export function wholeSentences(text: string): string {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  const done = sentencesIn(last).slice(0, -1).join('')
  return [...lines, done].join('\n')
}

/** The sources that an answer names, each once, in the order in which it does. */
export function citedIn(paragraphs: readonly Paragraph[]): number[] {
  const parts = paragraphs.flatMap((one) => one.flatMap((sentence) => sentence.parts))
  return [...new Set(parts.filter(isCitation).map(({ cites }) => cites))]
}

const words = new Intl.Segmenter('en', { granularity: 'word' })

/** How many words an answer has; the numbers of sources are none. */
export const countWords = (text: string): number =>
  [...words.segment(text.replace(CITATION, ''))].filter(({ isWordLike }) => isWordLike).length
