import { newIssue, type Told } from './new-issue.ts'
import type { Issue, TypeName } from './state.ts'

type Elsewhere = readonly [site: string, type: TypeName, key: string, summary: string, told: Told]

const ROWS: readonly Elsewhere[] = [
  [
    'globex-labs',
    'Task',
    'TEL-7',
    'Sample traces at the edge',
    {
      created: '2026-10-14T09:00',
      status: 'In Progress',
      assignee: 'sam',
      reporter: 'sam',
      labels: ['agent'],
      description: 'One in a hundred, and all that are slow.',
    },
  ],
  [
    'globex-labs',
    'Bug',
    'TEL-8',
    'The agent keeps a file open after rotation',
    { created: '2026-11-09T12:00', reporter: 'sam', priority: 'High', labels: ['agent'] },
  ],
  [
    'kowalski',
    'Task',
    'HOME-1',
    'Paint the stairs',
    { created: '2026-11-01T10:00', reporter: 'home', assignee: 'home' },
  ],
]

/** The issues of the other sites. */
export const issuesOfOthers = (): Issue[] =>
  ROWS.map(([site, type, key, summary, told], index) =>
    newIssue(String(10_001 + index), site, type, key, summary, told),
  )
