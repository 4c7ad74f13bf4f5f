import type { z } from 'zod'
import type { IssueFields } from './control-input.ts'
import { periodMs } from './query.ts'
import { type Frame, type Issue, newId, type State } from './state.ts'

type Fields = z.infer<typeof IssueFields>

const timeOf = (text: string, now: number): number => {
  const ago = periodMs(text)
  return ago === null ? Date.parse(text) : now - ago
}

function frameOf(text: string): Frame {
  const [, file = '', line = '0', name = '', code = ''] = /^(\S+):(\d+) ([^\s:]+)(?:: (.*))?$/.exec(text) ?? []
  return { file, line: Number(line), function: name, code, inApp: !file.startsWith('node_modules/') }
}

/** Gives an issue the fields that were named, in the sandbox's own terms. */
export function changed(issue: Issue, { firstSeen, lastSeen, frames, ...plain }: Fields, now: number): Issue {
  return {
    ...issue,
    ...plain,
    ...(firstSeen !== undefined && { firstSeen: timeOf(firstSeen, now) }),
    ...(lastSeen !== undefined && { lastSeen: timeOf(lastSeen, now) }),
    ...(frames && { frames: frames.map(frameOf) }),
  }
}

/** Adds an issue with the project's next number. */
export function addIssue(state: State, organization: string, project: string, fields: Fields): Issue {
  const now = state.world.clock.now()
  const numbers = state.issues
    .filter((one) => one.organization === organization && one.project === project)
    .map(({ number }) => number)
  const plain: Issue = {
    id: newId(state),
    number: Math.max(0, ...numbers) + 1,
    organization,
    project,
    type: 'Error',
    value: 'Something broke',
    culprit: null,
    level: 'error',
    status: 'unresolved',
    substatus: 'ongoing',
    priority: 'medium',
    isUnhandled: false,
    assignee: null,
    firstSeen: now - 3_600_000,
    lastSeen: now,
    count: 1,
    userCount: 0,
    environments: ['production', 'staging'],
    release: null,
    tags: {},
    frames: [],
    hasPermalink: true,
  }
  const issue = changed(plain, fields, now)
  state.issues.push(issue)
  return issue
}
