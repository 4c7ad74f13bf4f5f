import { type ChatMessage, textOf } from './messages.ts'

type Source = { number: number; title: string; text: string }

// How prompts number their sources, the likeliest first: [1] Title · <source id="1" title="…"> · Source 1: Title · 1. Title
const HEADS = [
  /^[\s#>*-]*\[(?<number>\d{1,3})\][\s:.)*-]*(?<title>.*)$/,
  /^\s*<\w[\w-]*\b[^>]*?\b(?:id|n|no|number|index|ref)=["']?(?<number>\d{1,3})\b(?<title>.*)$/i,
  /^[\s#*]*(?:source|card|document)\s+(?<number>\d{1,3})\b[\s:.)*-]*(?<title>.*)$/i,
  /^\s*(?<number>\d{1,3})[.)]\s+(?<title>.*)$/,
]
const END = '\0'
const QUESTION = /^[\s#*]*question\b[\s:*]*/i
const COMMON = new Set(
  'and are about can did does for from has have how into its not our that the their there this was what when where which who why will with you your board card cards'.split(
    ' ',
  ),
)
const MOST_CITED = 3
const LONGEST_EXCERPT = 180

/** An answer made of the prompt alone: the sources nearest to the question, each with its number. */
export function replyTo(messages: readonly ChatMessage[]): string {
  const spoken = messages.filter(({ role }) => role !== 'assistant')
  const last = spoken.findLast(({ role }) => role === 'user') ?? spoken.at(-1)
  const question = questionIn(last ? textOf(last) : '')
  const given = spoken.map((message) => (message === last ? before(textOf(message), question) : textOf(message)))
  const sources = sourcesIn(given.flatMap((text) => [...text.split('\n'), END]))
  if (sources.length === 0) {
    return `You asked: “${clipped(question)}”. No numbered sources came with the question, so there is nothing to answer it from. This text comes from a simulated model.`
  }
  return citing(nearest(sources, question), sources.length, question)
}

function citing(chosen: readonly Source[], count: number, question: string): string {
  const words = wordsOf(question)
  const lines = chosen.map((source) => ({ ...source, says: excerpt(source, words) }))
  const [first, ...others] = lines
  if (!first) return ''
  const lead = `**${first.title}** is nearest to what you ask${first.says ? `: ${first.says}` : '.'} [${first.number}]`
  const list = others.map(({ title, says, number }) => `- ${title}${says ? `: ${says}` : ''} [${number}]`)
  const marks = lines.map(({ number }) => `[${number}]`).join(' and ')
  const end =
    count > lines.length
      ? `The other ${count - lines.length} of ${count} sources say less about it than ${marks}.`
      : `That is all that the ${count === 1 ? 'source says' : `${count} sources say`}.`
  return [lead, ...(list.length > 0 ? [`Also:\n\n${list.join('\n')}`] : []), end].join('\n\n')
}

/** Numbers must run 1, 2, 3, so that a list inside a source starts no new one. A source ends where its message does. */
function sourcesIn(lines: readonly string[]): Source[] {
  for (const head of HEADS) {
    const sources: Source[] = []
    let isOpen = false
    for (const line of lines) {
      const { number, title = '' } = head.exec(line)?.groups ?? {}
      if (Number(number) === sources.length + 1) {
        sources.push({ number: sources.length + 1, title: titleIn(title), text: '' })
        isOpen = true
        continue
      }
      if (line === END || QUESTION.test(line)) isOpen = false
      const current = sources.at(-1)
      if (current && isOpen) current.text += `${plain(line)}\n`
      if (/^\s*<\//.test(line)) isOpen = false
    }
    if (sources.length > 0) return sources.map((source) => titled(source))
  }
  return []
}

// What follows the number may be the rest of a tag.
const titleIn = (rest: string): string =>
  plain(/\b(?:title|name)=["']([^"']+)["']/i.exec(rest)?.[1] ?? rest.replace(/^["'][^<>]*>/, ''))
const plain = (line: string): string =>
  line
    .replace(/<[^>]*>/g, ' ')
    .replace(/\[\d+\]|[`*#]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

function titled({ number, title, text }: Source): Source {
  if (title !== '') return { number, title: clipped(title), text }
  const [first = '', ...rest] = text.split('\n').filter((line) => line !== '')
  return { number, title: clipped(first || `Source ${number}`), text: rest.join('\n') }
}

function questionIn(asked: string): string {
  const lines = asked.split('\n')
  const at = lines.findLastIndex((line) => QUESTION.test(line))
  if (at >= 0) return lines.slice(at).join(' ').replace(QUESTION, '').trim()
  return (
    asked
      .trim()
      .split(/\n\s*\n/)
      .at(-1) ?? ''
  ).trim()
}

const before = (text: string, question: string): string =>
  text.slice(0, question === '' ? text.length : text.lastIndexOf(question))

const wordsOf = (text: string): Set<string> =>
  new Set((text.toLowerCase().match(/[\p{L}\d]{3,}/gu) ?? []).filter((word) => !COMMON.has(word)))
const overlap = (text: string, words: ReadonlySet<string>): number =>
  [...wordsOf(text)].filter((word) => words.has(word)).length

function nearest(sources: readonly Source[], question: string): Source[] {
  const words = wordsOf(question)
  const scored = sources.map((source) => ({ source, score: overlap(`${source.title} ${source.text}`, words) }))
  const ranked = scored.toSorted((a, b) => b.score - a.score || a.source.number - b.source.number)
  return ranked.filter(({ score }, index) => index < 2 || (index < MOST_CITED && score > 0)).map(({ source }) => source)
}

function excerpt({ text }: Source, words: ReadonlySet<string>): string {
  const sentences = text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence.length > 3)
  const [best = ''] = sentences.toSorted((a, b) => overlap(b, words) - overlap(a, words))
  return clipped(best).replace(/[.:;,]$/, '')
}

function clipped(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= LONGEST_EXCERPT) return line
  return `${line.slice(0, LONGEST_EXCERPT).replace(/\s+\S*$/, '')}…`
}

/** A text in pieces as models send them: parts of words with the space before them, signs one by one. */
export const piecesOf = (text: string): string[] =>
  text.match(/\s*(?:[\p{L}\p{M}]{1,7}|\d{1,3}|[^\s\p{L}\p{M}\d])|\s+$/gu) ?? []
