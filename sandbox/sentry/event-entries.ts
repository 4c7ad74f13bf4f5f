import type { Frame, Issue } from './state.ts'

/** One occurrence of an issue; index 0 is the latest. */
export type Event = { issue: Issue; index: number; id: string; at: number }

const shownFrame = (frame: Frame) => ({
  filename: frame.file,
  absPath: `/app/${frame.file}`,
  module: frame.file.replace(/\.\w+$/, ''),
  package: null,
  platform: null,
  instructionAddr: null,
  symbolAddr: null,
  function: frame.function,
  rawFunction: null,
  symbol: null,
  context: frame.code === '' ? [] : [[frame.line, frame.code]],
  lineNo: frame.line,
  colNo: 11,
  inApp: frame.inApp,
  trust: null,
  errors: null,
  lock: null,
  sourceLink: null,
  vars: null,
})

function exceptionOf(issue: Issue) {
  const frames = issue.frames.map(shownFrame)
  const hasSystemFrames = issue.frames.some(({ inApp }) => !inApp)
  const value = {
    type: issue.type,
    value: issue.value,
    mechanism: { type: 'generic', handled: !issue.isUnhandled },
    threadId: null,
    module: null,
    stacktrace: { frames, framesOmitted: null, registers: null, hasSystemFrames },
    rawStacktrace: null,
  }
  return { type: 'exception', data: { values: [value], hasSystemFrames, excOmitted: null } }
}

function breadcrumbsOf({ issue, at }: Event) {
  const crumb = (secondsBefore: number, category: string, level: string, message: string) => ({
    timestamp: new Date(at - secondsBefore * 1000).toISOString(),
    type: 'default',
    category,
    level,
    message,
    data: null,
    event_id: null,
  })
  const values = [
    crumb(4, 'navigation', 'info', `entered ${issue.culprit ?? 'the program'}`),
    crumb(1, 'console', issue.level === 'info' ? 'info' : 'warning', `about to fail: ${issue.value || issue.type}`),
  ]
  return { type: 'breadcrumbs', data: { values } }
}

function requestOf(issue: Issue) {
  const [, method = 'GET', path = '/'] = /^([A-Z]+) (\/\S*)$/.exec(issue.culprit ?? '') ?? []
  const data = {
    apiTarget: null,
    method,
    url: `https://shop.acme.example${path}`,
    query: [],
    fragment: null,
    data: null,
    headers: [['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0']],
    cookies: [],
    env: null,
    inferredContentType: null,
  }
  return { type: 'request', data }
}

/** What an event holds: its stack trace, what came before, and the request that it answered. */
export function entriesOf(event: Event) {
  const isServed = /^[A-Z]+ \//.test(event.issue.culprit ?? '')
  return [exceptionOf(event.issue), breadcrumbsOf(event), ...(isServed ? [requestOf(event.issue)] : [])]
}
