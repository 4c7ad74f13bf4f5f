import { invalid } from './access.ts'
import { type Issue, type Project, projectOf, type State, shortIdOf, titleOf, type User } from './state.ts'

type Asker = { state: State; user: User | null }
type Term = { key: string | null; value: string; isNot: boolean }

const IS =
  'assigned archived escalating for_review ignored linked new ongoing regressed resolved unassigned unlinked unresolved'.split(
    ' ',
  )
const LEVELS = ['sample', 'debug', 'info', 'warning', 'error', 'fatal']
const PERIOD = /^(\d{1,4})([hdmsw])$/
const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** A length of time such as `14d` in milliseconds; null when it is none. */
export function periodMs(text: string): number | null {
  const [, count, unit = ''] = PERIOD.exec(text) ?? []
  return count === undefined ? null : Number(count) * (UNIT_MS[unit] ?? 0)
}

const unreadable = (why: string) => invalid(`Error parsing search query: ${why}`)

/** Reads `is:unresolved level:error !assigned:me timesSeen:>5 "free text"` (docs.sentry.io/concepts/search). */
export function readQuery(text: string): Term[] {
  if ((text.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1) throw unreadable(`Invalid quote at '${text.slice(-10)}'`)
  const parts = text.matchAll(/(!?)(?:([\w.[\]-]+):)?("(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^\s"]+|(?=\s|$))/g)
  const terms = [...parts].filter(([all]) => all !== '').map(([, bang = '', key, raw = '']) => termOf(bang, key, raw))
  const read: Term[] = []
  for (const term of terms) {
    const last = read.at(-1)
    // Words that stand side by side are one phrase.
    if (last?.key === null && term.key === null) last.value += ` ${term.value}`
    else read.push(term)
  }
  return read
}

function termOf(bang: string, key: string | undefined, raw: string): Term {
  const value = raw.replace(/^"(.*)"$/s, '$1').replaceAll('\\"', '"')
  if (key === undefined) return { key: null, value: bang + value, isNot: false }
  if (raw === '') throw unreadable(`Empty string after '${key}:'`)
  checkValue(key, value)
  return { key, value, isNot: bang === '!' }
}

function checkValue(key: string, value: string): void {
  if (key === 'is' && !IS.includes(value))
    throw invalid(`Invalid value for "is" search, valid values are ${IS.join(', ')}`)
  if (key === 'level' && !listOf(value).every((one) => LEVELS.includes(one))) {
    throw unreadable(`Invalid level value of '${value}', must be one of ${LEVELS.join(', ')}`)
  }
  if (key === 'timesSeen' && !/^([<>]=?)?\d+$/.test(value)) throw unreadable(`${key}: Invalid number: ${value}`)
  if (['firstSeen', 'lastSeen', 'age'].includes(key) && !/^[+-]\d+[hdmsw]$|^[<>]=?\d{4}-/.test(value)) {
    throw unreadable(`${key}: Invalid date: ${value}`)
  }
}

const listOf = (value: string): string[] =>
  /^\[.*\]$/.test(value)
    ? value
        .slice(1, -1)
        .split(',')
        .map((one) => one.trim())
    : [value]

/** Whether an issue is what all the terms ask for. */
export const matches = (terms: readonly Term[], issue: Issue, asker: Asker): boolean =>
  terms.every((term) => {
    if (term.key === null) return freeText(issue).includes(term.value.toLowerCase())
    return listOf(term.value).some((value) => has(term.key ?? '', value, issue, asker)) !== term.isNot
  })

const freeText = (issue: Issue): string =>
  `${titleOf(issue)} ${issue.culprit ?? ''} ${shortIdOf(issue)} ${issue.frames.map(({ file }) => file).join(' ')}`.toLowerCase()

function has(key: string, value: string, issue: Issue, { state, user }: Asker): boolean {
  const project = projectOf(state, issue)
  switch (key) {
    case 'is':
      return isSo(value, issue)
    case 'assigned':
    case 'assigned_or_suggested':
      if (value === 'none') return issue.assignee === null
      return value === 'me' ? user !== null && issue.assignee === user.email : issue.assignee === value
    case 'timesSeen':
      return compare(issue.count, value)
    case 'firstSeen':
    case 'age':
      return compareDate(issue.firstSeen, value, state.world.clock.now())
    case 'lastSeen':
      return compareDate(issue.lastSeen, value, state.world.clock.now())
    case 'has':
      return textsOf(value, issue, project).length > 0
    default:
      return textsOf(key, issue, project).some((text) => isLike(text, value))
  }
}

function isSo(value: string, { status, substatus, assignee }: Issue): boolean {
  if (value === 'assigned' || value === 'unassigned') return (assignee === null) === (value === 'unassigned')
  if (value === 'archived') return status === 'ignored'
  if (value === 'for_review')
    return status === 'unresolved' && ['new', 'regressed', 'escalating'].includes(substatus ?? '')
  return value === 'unlinked' || value === status || value === substatus
}

function textsOf(key: string, issue: Issue, project: Project | undefined): string[] {
  const known: Record<string, (string | null | undefined)[]> = {
    level: [issue.level],
    project: [project?.slug, project?.id],
    release: [issue.release, issue.release?.split('@')[1]],
    environment: issue.environments,
    issue: [shortIdOf(issue)],
    title: [titleOf(issue)],
    message: [titleOf(issue), issue.culprit],
    'error.type': [issue.type],
    'error.value': [issue.value],
    'error.unhandled': [String(issue.isUnhandled)],
    'error.handled': [String(!issue.isUnhandled)],
    platform: [project?.platform.split('-')[0]],
    'issue.priority': [issue.priority],
    'issue.category': ['error'],
    location: issue.frames.map(({ file }) => file),
  }
  return (known[key] ?? [issue.tags[key]]).flatMap((text) => text ?? [])
}

function isLike(text: string, pattern: string): boolean {
  const source = pattern.replace(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`).replaceAll('*', '.*')
  return new RegExp(`^${source}$`, 'is').test(text)
}

function compare(number: number, value: string): boolean {
  const [, sign = '', text = ''] = /^([<>]?=?)(.*)$/.exec(value) ?? []
  const wanted = Number(text)
  if (sign.endsWith('=') && number === wanted) return true
  return sign.startsWith('>') ? number > wanted : sign.startsWith('<') ? number < wanted : number === wanted
}

/** `-24h` is within the last day, `+24h` is before that. */
function compareDate(at: number, value: string, now: number): boolean {
  const since = periodMs(value.slice(1))
  if (since !== null && /^[+-]/.test(value)) return value.startsWith('-') ? at >= now - since : at <= now - since
  const [, sign = '', text = ''] = /^([<>]=?)(.*)$/.exec(value) ?? []
  return compare(at, `${sign}${Date.parse(text)}`)
}
