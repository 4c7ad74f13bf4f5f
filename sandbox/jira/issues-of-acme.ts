import { orders } from './issues-of-orders.ts'
import { newIssue, type Row } from './new-issue.ts'
import type { Issue } from './state.ts'

const SHOP: readonly Row[] = [
  [
    'Bug',
    'SHOP-20',
    'The order list is slow with 2,000 rows',
    {
      created: '2026-11-11T08:12',
      updated: '2026-11-17T12:00',
      status: 'In Progress',
      assignee: 'priya',
      reporter: 'priya',
      labels: ['performance'],
      description: 'Ask the API for pages, draw only what is on screen.',
    },
  ],
  [
    'Bug',
    'SHOP-21',
    'Prices in yen show two decimals',
    { created: '2026-11-16T08:20', assignee: 'priya', reporter: 'lee', priority: 'High', labels: ['money'] },
  ],
  [
    'Story',
    'SHOP-22',
    'Dark mode',
    {
      created: '2026-10-12T10:00',
      updated: '2026-11-19T15:27',
      status: 'In Review',
      assignee: 'priya',
      reporter: 'priya',
      labels: ['design'],
      description: 'Behind a flag since Friday.\n\nContrast is measured on every page, not guessed.',
      comments: [['2026-11-19T15:27', 'dana', 'The sale badge is hard to read.']],
    },
  ],
  [
    'Story',
    'SHOP-23',
    'Fewer colours, more words: the new brand guide',
    { created: '2026-11-18T10:15', assignee: 'priya', reporter: 'dana', labels: ['design'] },
  ],
  [
    'Task',
    'SHOP-24',
    'Keyboard: every menu opens with Enter and closes with Escape',
    { created: '2026-10-20T09:00', resolved: '2026-11-06T10:00', assignee: 'priya', labels: ['accessibility'] },
  ],
]

const OPERATIONS: readonly Row[] = [
  [
    'Task',
    'OPS-30',
    'PostgreSQL 18 in production',
    {
      created: '2026-11-12T07:50',
      updated: '2026-11-20T06:40',
      status: 'In Progress',
      assignee: 'sam',
      reporter: 'sam',
      priority: 'High',
      labels: ['database'],
      dueDate: '2026-12-04',
      description:
        'Staging has had it since 12 November. Nothing unusual.\n\n- logical replica first\n- switch on a Tuesday\n- keep the old one for a week',
    },
  ],
  [
    'Task',
    'OPS-31',
    'Alerts name the runbook',
    { created: '2026-11-04T09:00', assignee: 'sam', reporter: 'dana', labels: ['alerts'] },
  ],
  [
    'Bug',
    'OPS-32',
    'Webhook tests fail with ECONNRESET',
    {
      created: '2026-11-12T11:16',
      resolved: '2026-11-13T08:00',
      assignee: 'lee',
      reporter: 'lee',
      description: 'The carrier’s sandbox closes idle connections after five seconds. Keep-alive off.',
    },
  ],
  [
    'Task',
    'OPS-33',
    'Rotate the keys of the object store',
    { created: '2026-11-19T07:00', reporter: 'sam', priority: 'Low', labels: ['security'] },
  ],
]

const PAYROLL: readonly Row[] = [
  [
    'Task',
    'PAYR-1',
    'Dry run with October’s figures',
    {
      created: '2026-11-03T09:00',
      resolved: '2026-11-17T17:00',
      assignee: 'sam',
      points: 3,
      sprints: [21],
      description: 'All but two payslips were equal to the cent.',
    },
  ],
  [
    'Task',
    'PAYR-2',
    'Two payslips differ by a day of leave',
    {
      created: '2026-11-17T17:05',
      status: 'In Progress',
      assignee: 'dana',
      reporter: 'sam',
      priority: 'High',
      points: 2,
      sprints: [21],
      description: 'The old service rounded half days up.',
    },
  ],
]

/** The issues of acme. */
export const issuesOfAcme = (): Issue[] =>
  [...orders, ...SHOP, ...OPERATIONS, ...PAYROLL].map(([type, key, summary, told], index) =>
    newIssue(String(10_100 + index), 'acme', type, key, summary, told),
  )
