import type { StartDatabase, StartRow } from '#sandbox/notion/data.ts'

const row = (title: string, values: StartRow['values'], more: Partial<StartRow> = {}): StartRow => ({
  title,
  values,
  createdAt: '2026-09-07T09:00',
  editedAt: '2026-11-09T12:00',
  ...more,
})

const roadmap: StartDatabase = {
  title: 'Product roadmap',
  icon: '🗺️',
  description: 'What we do next, and why. One row for each thing a customer would notice.',
  createdAt: '2025-02-03T09:00',
  editedAt: '2026-11-19T09:30',
  sources: [
    {
      name: 'Product roadmap',
      properties: [
        'Name: title',
        'Status: status(Not started, In progress, Done)',
        'Quarter: select(Q3 2026, Q4 2026, Q1 2027)',
        'Areas: multi_select(api, web, infra, design)',
        'Owner: people',
        'Ships: date',
        'Effort: number',
        'Promised: checkbox',
        'Issue: url',
        'Last edited: last_edited_time',
      ],
      rows: [
        row(
          'Boards show live cards',
          {
            Status: 'In progress',
            Quarter: 'Q4 2026',
            Areas: ['api', 'web'],
            Owner: ['dana'],
            Ships: '2026-12-10',
            Effort: 8,
            Promised: true,
            Issue: 'https://github.com/acme/web/issues/7',
          },
          {
            icon: '🧩',
            editedAt: '2026-11-19T09:28',
            content:
              '## Why\nPeople copy links into boards all day. A card that is up to date saves the click.\n\n- [x] Cards of issues\n- [ ] Cards of documents',
          },
        ),
        row(
          'Dark mode of the web client',
          {
            Status: 'In progress',
            Quarter: 'Q4 2026',
            Areas: ['web', 'design'],
            Owner: ['priya'],
            Ships: '2026-11-30',
            Effort: 3,
            Promised: false,
          },
          { editedAt: '2026-11-13T15:30' },
        ),
        row(
          'Cursors instead of pages in the API',
          {
            Status: 'Done',
            Quarter: 'Q3 2026',
            Areas: ['api'],
            Owner: ['sam'],
            Ships: '2026-09-30',
            Effort: 5,
            Promised: true,
          },
          { editedAt: '2026-10-01T08:00' },
        ),
        row('Carrier accounts of one’s own', {
          Status: 'Not started',
          Quarter: 'Q1 2027',
          Areas: ['api', 'infra'],
          Owner: ['sam', 'dana'],
          Ships: '2027-02-15',
          Effort: 13,
          Promised: true,
        }),
        row('Order history as a file', {
          Status: 'Not started',
          Quarter: 'Q1 2027',
          Areas: ['api'],
          Owner: [],
          Ships: null,
          Effort: 2,
          Promised: false,
        }),
        row(
          'PostgreSQL 18',
          {
            Status: 'Done',
            Quarter: 'Q4 2026',
            Areas: ['infra'],
            Owner: ['sam'],
            Ships: '2026-11-12',
            Effort: 3,
            Promised: false,
          },
          { editedAt: '2026-11-12T07:50' },
        ),
      ],
    },
  ],
}

const incidents: StartDatabase = {
  title: 'Incidents',
  icon: '🐞',
  description: 'Everything of severity 1 and 2.',
  by: 'sam',
  createdAt: '2025-06-16T08:00',
  editedAt: '2026-11-17T08:15',
  sources: [
    {
      name: 'Incidents',
      properties: [
        'Title: title',
        'Number: unique_id(INC)',
        'Severity: select(1, 2, 3)',
        'State: status(Open, Mended, Closed)',
        'Began: date',
        'Lead: people',
        'Follow-ups: relation(Action items)',
        'Summary: rich_text',
      ],
      rows: [
        row(
          'Carrier down, retries made it worse',
          {
            Severity: '1',
            State: 'Closed',
            Began: '2026-10-21',
            Lead: ['sam'],
            'Follow-ups': ['Jitter for all retries', 'Alert on retries a minute'],
            Summary: 'Every worker retried in the **same second**. See _Retries and backoff_.',
          },
          {
            by: 'sam',
            createdAt: '2026-10-21T06:12',
            editedAt: '2026-11-16T08:30',
            content:
              '## Timeline\n- 05:58 the carrier answers 503\n- 06:04 back for nine seconds\n- 06:40 retries switched off by hand\n\n## Cause\nNo jitter.',
          },
        ),
        row(
          'Order list slow with 2,000 rows',
          {
            Severity: '2',
            State: 'Mended',
            Began: '2026-11-11',
            Lead: ['priya'],
            'Follow-ups': [],
            Summary: 'The list asked for everything at once.',
          },
          { by: 'priya', createdAt: '2026-11-11T08:12', editedAt: '2026-11-12T10:00' },
        ),
        row(
          'Webhook tests lose their connection',
          { Severity: '3', State: 'Open', Began: '2026-11-12', Lead: ['lee'], 'Follow-ups': [], Summary: '' },
          { by: 'sam', createdAt: '2026-11-12T11:20', editedAt: '2026-11-17T08:15' },
        ),
      ],
    },
    {
      name: 'Action items',
      properties: ['Task: title', 'Done: checkbox', 'Who: people', 'Due: date'],
      rows: [
        row(
          'Jitter for all retries',
          { Done: true, Who: ['lee'], Due: '2026-11-13' },
          { editedAt: '2026-11-16T08:05' },
        ),
        row('Alert on retries a minute', { Done: false, Who: ['sam'], Due: '2026-11-27' }),
      ],
    },
  ],
}

const notes: StartDatabase = {
  title: 'Meeting notes',
  icon: '🗒️',
  createdAt: '2025-01-07T09:00',
  editedAt: '2026-11-19T15:40',
  sources: [
    {
      name: 'Meeting notes',
      properties: ['Name: title', 'When: date', 'Attendees: people', 'Kind: select(Weekly, Retro, All hands)'],
      rows: [
        row(
          'Platform weekly, 19 November',
          { When: '2026-11-19', Attendees: ['dana', 'sam', 'priya'], Kind: 'Weekly' },
          {
            editedAt: '2026-11-19T15:40',
            content: '- Payroll moves on 1 December\n- **Decision:** live cards before dark mode\n\n~ Recording',
          },
        ),
        row(
          'Retro: the carrier outage',
          { When: '2026-10-28', Attendees: ['dana', 'sam', 'lee'], Kind: 'Retro' },
          {
            by: 'sam',
            editedAt: '2026-10-28T16:00',
            content: '> What helped: one person talked to the carrier, one to us.',
          },
        ),
        row(
          'All hands, November',
          { When: '2026-11-12', Attendees: ['dana', 'sam', 'priya', 'lee'], Kind: 'All hands' },
          { editedAt: '2026-11-12T16:05' },
        ),
      ],
    },
  ],
}

/** The databases at the top of Acme; _Incidents_ has two data sources. */
export const acmeDatabases: readonly StartDatabase[] = [roadmap, incidents, notes]
