import type { z } from 'zod'

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'is not an id',
  url: 'is not a whole address, like https://example.com',
  datetime: 'is not a moment like 2026-11-01T00:00:00Z',
  email: 'is not complete, like dana@acme.example',
}

/** `whoMayConnect` as people read it: "Who may connect". */
function nameOf(path: readonly PropertyKey[] = []): string {
  const last = path.findLast((step) => typeof step === 'string')
  if (last === undefined) return 'This'
  const words = String(last).replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "S, M or L" */
export const oneOf = (values: readonly unknown[]): string =>
  new Intl.ListFormat('en', { type: 'disjunction' }).format(values.map(String))

function faultOf(issue: z.core.$ZodRawIssue): string {
  const measure = 'origin' in issue && issue.origin === 'string' ? ' characters' : ''
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'is missing' : `has to be ${kinds[issue.expected] ?? issue.expected}`
  if (issue.code === 'too_small') return `has to have at least ${issue.minimum}${measure}`
  if (issue.code === 'too_big') return `has to have at most ${issue.maximum}${measure}`
  if (issue.code === 'invalid_value') return `has to be ${oneOf(issue.values)}`
  if (issue.code === 'invalid_format') return formats[issue.format] ?? 'is not written as it has to be'
  return 'is not what is taken here'
}

/** What is wrong with a field in a sentence for people, where its schema has no words of its own. */
export const plainWords = (issue: z.core.$ZodRawIssue): string => `${nameOf(issue.path)} ${faultOf(issue)}.`
