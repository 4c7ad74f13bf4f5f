import type { Page } from './state.ts'

const PEOPLE: Readonly<Record<string, string>> = {
  dana: 'dana@acme.example',
  sam: 'sam@acme.example',
  priya: 'priya@acme.example',
}
/** `by` are its author and who changed it last; times are UTC. */
type Told = { by: readonly [string, string?]; created: string; updated?: string; under?: number } & Partial<
  Pick<Page, 'version' | 'message' | 'status' | 'labels' | 'readers'>
>
type Row = readonly [id: number, space: string, title: string, told: Told, body: string]

const ENGINEERING: readonly Row[] = [
  [
    98_403,
    'ENG',
    'Engineering',
    { by: ['dana'], created: '2024-02-05T09:20' },
    'Start with the handbook. On call? Straight to the runbooks.',
  ],
  [
    98_420,
    'ENG',
    'Handbook',
    { by: ['dana', 'sam'], created: '2024-02-06T10:00', updated: '2026-10-30T13:05', under: 98_403, version: 31 },
    'How we work.\n\n- main is always deployable\n- migrations run before the deploy, never during\n- whoever breaks it says so first',
  ],
  [
    98_431,
    'ENG',
    'Runbooks',
    {
      by: ['sam'],
      created: '2024-03-11T08:30',
      updated: '2026-11-04T09:00',
      under: 98_403,
      version: 6,
      labels: ['on-call'],
    },
    'One page for each alert. An alert without a page is a bug.',
  ],
  [
    98_452,
    'ENG',
    'Replaying dead letters',
    {
      by: ['sam', 'sam'],
      created: '2026-11-13T09:38',
      updated: '2026-11-17T09:45',
      under: 98_431,
      version: 3,
      message: 'one at a time',
      labels: ['on-call', 'queue'],
    },
    'A job that failed five times is a dead letter. Nothing is lost.\n\n## Before\n\nFind out why it failed. A carrier that is still down fails it again.\n\n## Steps\n\n- read the job: `select * from jobs where id = …`\n- set `state` to `ready`\n- watch it for a minute\n\nThe button that does this is ORD-102.',
  ],
  [
    98_460,
    'ENG',
    'The carrier is down',
    {
      by: ['sam'],
      created: '2026-09-15T10:00',
      updated: '2026-11-16T08:20',
      under: 98_431,
      version: 4,
      labels: ['on-call', 'carriers'],
    },
    'Labels queue up and leave when it is back: retries have backoff with jitter since November.\n\nTell support after fifteen minutes. Do not print by hand.',
  ],
  [
    98_477,
    'ENG',
    'Decision: full jitter on every retry',
    {
      by: ['sam', 'dana'],
      created: '2026-11-10T09:30',
      updated: '2026-11-12T15:10',
      under: 98_403,
      version: 2,
      labels: ['decision', 'queue'],
    },
    'The thundering herd of October came from the first retry, so it has jitter too.\n\nRetries per minute went from 1,900 to 240 on staging.',
  ],
  [
    98_481,
    'ENG',
    'On-call pay',
    { by: ['dana'], created: '2026-08-20T12:00', under: 98_420, readers: ['dana@acme.example', 'sam@acme.example'] },
    'A week is paid as a day and a half.',
  ],
  [
    98_490,
    'ENG',
    'PostgreSQL 18: the plan',
    {
      by: ['sam'],
      created: '2026-11-19T16:00',
      updated: '2026-11-20T06:45',
      under: 98_431,
      version: 2,
      labels: ['database'],
    },
    'Replica first, switch on Tuesday 1 December, the old one stays for a week. See OPS-30.',
  ],
  [
    98_495,
    'ENG',
    'Queues we did not choose',
    { by: ['sam'], created: '2026-11-18T18:10', status: 'draft' },
    'Half a page so far.',
  ],
  [
    98_498,
    'ENG',
    'Deploying by hand',
    { by: ['dana'], created: '2024-03-12T08:00', status: 'archived' },
    'Nobody does this any more.',
  ],
]

const OTHERS: readonly Row[] = [
  [131_171, 'PROD', 'Product', { by: ['priya'], created: '2024-05-20T10:00' }, 'Roadmap, interviews, numbers.'],
  [
    131_180,
    'PROD',
    'Roadmap Q1 2027',
    {
      by: ['dana', 'priya'],
      created: '2026-11-09T08:00',
      updated: '2026-11-20T15:31',
      under: 131_171,
      version: 9,
      labels: ['roadmap'],
    },
    'In this order:\n\n- partial shipments (ORD-110)\n- dark mode for everybody\n- returns without a printer',
  ],
  [
    131_185,
    'PROD',
    'Interview: three warehouses about parcels',
    { by: ['priya'], created: '2026-10-28T14:00', under: 131_171, labels: ['interview'] },
    'All three split orders already, in spreadsheets.',
  ],
  [163_939, 'HELP', 'Help centre', { by: ['priya'], created: '2024-06-03T09:00' }, 'How can we help?'],
  [
    163_945,
    'HELP',
    'Where is my parcel?',
    { by: ['priya'], created: '2024-06-03T09:30', under: 163_939 },
    'The mail that we sent has a link to your carrier.',
  ],
  [196_707, 'FIN', 'Finance Engineering', { by: ['dana'], created: '2026-01-19T08:00' }, 'Payroll, tax, audits.'],
  [
    196_711,
    'FIN',
    'Payroll cut-over on 1 December',
    { by: ['sam'], created: '2026-11-03T09:10', updated: '2026-11-17T17:20', under: 196_707, version: 5 },
    'The dry run with October’s figures differed in two payslips: half days of leave.',
  ],
  [229_475, 'OLD', 'Mobile app 2025', { by: ['priya'], created: '2025-03-03T09:00' }, 'Done.'],
  [
    262_243,
    '~7120205f3c1e0a8d244b579c610d2a7e4b9f10',
    'Overview',
    { by: ['dana'], created: '2024-02-05T09:21' },
    'Notes to myself.',
  ],
]

const LAB: readonly Row[] = [
  [98_403, 'LAB', 'Lab notes', { by: ['sam'], created: '2025-09-01T09:30' }, 'What we tried.'],
  [
    98_410,
    'LAB',
    'Sampling at the edge',
    { by: ['sam'], created: '2026-10-14T10:00', under: 98_403 },
    'One trace in a hundred, and all that are slow.',
  ],
]

const instant = (text: string): number => Date.parse(`${text}:00Z`)

const pageFrom =
  (site: string) =>
  ([id, space, title, { by, created, updated, under, ...about }, body]: Row): Page => ({
    id: String(id),
    site,
    space,
    title,
    body,
    parentId: under === undefined ? null : String(under),
    author: PEOPLE[by[0]] ?? by[0],
    updatedBy: PEOPLE[by[1] ?? by[0]] ?? by[0],
    createdAt: instant(created),
    updatedAt: instant(updated ?? created),
    version: 1,
    message: '',
    status: 'current',
    labels: [],
    readers: null,
    ...about,
  })

/** The pages there are at the start. */
export const pages = (): Page[] => [
  ...[...ENGINEERING, ...OTHERS].map(pageFrom('acme')),
  ...LAB.map(pageFrom('globex-labs')),
]
