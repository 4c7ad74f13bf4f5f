import { expect, test } from 'vitest'
import { citedIn, countWords, paragraphsOf, wholeSentences } from './answer-text.ts'

const known = new Set([1, 2, 3])
const read = (text: string) =>
  paragraphsOf(text, known).map((paragraph) =>
    paragraph.map(({ parts, isGrounded }) => [
      parts.map((part) => ('cites' in part ? `<${part.cites}>` : part.words)).join(''),
      isGrounded,
    ]),
  )

test('sentences rest on the sources named in them or right behind them', () => {
  expect(read('Retries stop after five [1]. The limit is 2.5 seconds. [2][3] Nobody wrote why.')).toEqual([
    [
      ['Retries stop after five <1>. ', true],
      ['The limit is 2.5 seconds. <2><3> ', true],
      ['Nobody wrote why.', false],
    ],
  ])
})

test('several numbers in one pair of brackets are several sources; a number nobody gave is text', () => {
  expect(read('Both say so [1, 2]. A third does [7]. The list[0] is empty.')).toEqual([
    [
      ['Both say so <1><2>. ', true],
      ['A third does [7]. ', false],
      ['The list[0] is empty.', false],
    ],
  ])
})

test('lines are paragraphs; what only leads on, or has no words, needs no source', () => {
  expect(
    read('Also:\n\n- The shop [2]\n\n---\n').map((paragraph) => paragraph.map(([, isGrounded]) => isGrounded)),
  ).toEqual([[true], [true], [true]])
})

test('T-ASK-6 markup, links and pictures stay the text they are', () => {
  const hostile = '<img src=x onerror=alert(1)> [click](https://evil.example) ![p](https://evil.example/p.png) [1].'
  const shown = read(hostile)
    .flat()
    .map(([text]) => text)
  expect(shown.join('')).toBe(hostile.replace('[1]', '<1>'))
  expect(read('## Title\n**Bold** word [1].')).toEqual([[['Title', false]], [['Bold word <1>.', true]]])
})

test('of an answer that still comes, whole sentences can be read', () => {
  expect(wholeSentences('Retries sto')).toBe('')
  expect(wholeSentences('Retries stop [1]. The lim')).toBe('Retries stop [1]. ')
  expect(wholeSentences('First line\nSecond li')).toBe('First line\n')
})

test('cited sources are counted once, words without the numbers', () => {
  const text = 'Retries stop [2]. They start again [1][2].'
  expect(citedIn(paragraphsOf(text, known))).toEqual([2, 1])
  expect(countWords(text)).toBe(5)
})
