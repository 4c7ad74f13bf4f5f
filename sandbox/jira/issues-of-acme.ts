import { newIssue, type Told } from './new-issue.ts'
import type { Issue, TypeName } from './state.ts'

type Row = readonly [type: TypeName, key: string, summary: string, told: Told]

const ORDERS: readonly Row[] = [
  [
    'Epic',
    'ORD-100',
    'Jobs survive a carrier that is down',
    {
      created: '2026-09-28T09:00',
      updated: '2026-11-16T08:10',
      status: 'In Progress',
      priority: 'High',
      assignee: 'sam',
      labels: ['queue', 'reliability'],
      description:
        'On 14 September a carrier was down for four minutes and 212 labels were printed by hand.\n\nWhen this is done, nobody notices the next time.',
    },
  ],
  [
    'Story',
    'ORD-101',
    'Retry failed jobs with exponential backoff and full jitter',
    {
      created: '2026-10-05T10:00',
      resolved: '2026-11-12T15:00',
      assignee: 'lee',
      reporter: 'sam',
      priority: 'High',
      labels: ['queue'],
      points: 5,
      sprints: [12],
      parent: 'ORD-100',
      description: 'Five attempts, capped at 15 minutes.\n\n- jitter on every attempt\n- a server’s `Retry-After` wins',
      comments: [
        ['2026-11-10T13:31', 'lee', 'Pull request: https://github.com/acme/api/pull/11'],
        ['2026-11-12T14:58', 'sam', 'Live on staging. Retries per minute went from 1,900 to 240.'],
      ],
    },
  ],
  [
    'Story',
    'ORD-102',
    'Replay a dead letter from the admin page',
    {
      created: '2026-10-06T08:30',
      updated: '2026-11-19T11:24',
      status: 'In Progress',
      assignee: 'sam',
      labels: ['queue', 'admin'],
      points: 5,
      sprints: [13],
      parent: 'ORD-100',
      description:
        'Today one writes SQL from memory. A button next to the job, with who pressed it in the log.\n\nThe handbook has the steps until then.',
      comments: [
        ['2026-11-17T09:12', 'dana', 'Should it replay one, or all of a kind?'],
        ['2026-11-17T09:40', 'sam', 'One first. All of a kind needs a rate.'],
        ['2026-11-19T11:24', 'priya', 'The drawing is in the design channel.'],
      ],
    },
  ],
  [
    'Task',
    'ORD-103',
    'Alert when the dead letter queue grows for ten minutes',
    {
      created: '2026-10-06T08:45',
      updated: '2026-11-20T07:50',
      status: 'In Review',
      assignee: 'lee',
      reporter: 'sam',
      labels: ['queue', 'alerts'],
      points: 2,
      sprints: [13],
      parent: 'ORD-100',
      relates: ['OPS-31'],
      description: 'Growth, not size: 40 old ones are nobody’s emergency.',
    },
  ],
  [
    'Bug',
    'ORD-104',
    'Orders in currencies without cents are off by a factor of 100',
    {
      created: '2026-11-16T08:00',
      updated: '2026-11-20T16:02',
      status: 'In Progress',
      assignee: 'dana',
      reporter: 'priya',
      priority: 'Highest',
      labels: ['money'],
      points: 3,
      sprints: [13],
      description:
        'JPY has no minor unit. `totalCents` multiplies anyway.\n\nSeen on order 5f0c: 12,000 JPY became 1,200,000.',
      blocks: ['SHOP-21'],
      comments: [['2026-11-18T10:20', 'dana', 'KWD has three digits. The table of ISO 4217 it is.']],
    },
  ],
  [
    'Sub-task',
    'ORD-105',
    'Minor units from ISO 4217',
    { created: '2026-11-18T10:25', status: 'In Review', assignee: 'dana', parent: 'ORD-104', sprints: [13] },
  ],
  [
    'Task',
    'ORD-106',
    'Document the problem types that the API answers with',
    {
      created: '2026-10-21T10:11',
      updated: '2026-11-16T08:05',
      reporter: 'dana',
      labels: ['documentation'],
      points: 2,
      sprints: [12, 13],
      description: 'Partners guess. A page per type would do.',
    },
  ],
  [
    'Bug',
    'ORD-107',
    'Health check says ok while the queue is stopped',
    {
      created: '2026-10-27T16:30',
      resolved: '2026-11-18T09:30',
      assignee: 'sam',
      points: 1,
      sprints: [13],
      labels: ['queue'],
      description: 'It only asks the database.',
    },
  ],
  [
    'Story',
    'ORD-108',
    'Cursors in the list of orders',
    {
      created: '2026-09-30T09:00',
      resolved: '2026-10-29T14:00',
      assignee: 'sam',
      points: 5,
      sprints: [11],
      labels: ['api'],
      description: '`?cursor=` and `next` in the answer. Offsets stay until March.',
    },
  ],
  [
    'Epic',
    'ORD-110',
    'Partial shipments',
    { created: '2026-11-02T13:00', status: 'To Do', assignee: 'dana', labels: ['fulfilment'], dueDate: '2027-01-29' },
  ],
  [
    'Story',
    'ORD-111',
    'An order can leave in more than one parcel',
    {
      created: '2026-11-02T13:05',
      points: 8,
      sprints: [14],
      parent: 'ORD-110',
      labels: ['fulfilment'],
      description: 'Each parcel with its own label and its own tracking number.',
    },
  ],
  [
    'Story',
    'ORD-112',
    'Customers are told which parcel holds what',
    { created: '2026-11-02T13:10', points: 3, sprints: [14], parent: 'ORD-110', labels: ['fulfilment', 'mail'] },
  ],
  [
    'Task',
    'ORD-113',
    'Remove the offset parameters',
    { created: '2026-11-03T08:00', priority: 'Low', labels: ['api'], dueDate: '2027-03-31' },
  ],
]

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
  [...ORDERS, ...SHOP, ...OPERATIONS, ...PAYROLL].map(([type, key, summary, told], index) =>
    newIssue(String(10_100 + index), 'acme', type, key, summary, told),
  )
