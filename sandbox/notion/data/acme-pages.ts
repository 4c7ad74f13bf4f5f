import type { StartPage } from '#sandbox/notion/data.ts'

const ON_CALL = `One person for a week, from Monday 09:00 UTC. Swap in the calendar, not in chat.

## When the pager goes off

1. Say in **#incidents** that you are on it.
2. Open the dashboard and the newest deploy side by side.
3. If a deploy is younger than an hour, roll it back first and think afterwards.

! Nobody is on call alone: after 20 minutes without a cause, wake the second.

## Severity

| Severity | What it means | Who is told |
| 1 | Orders are lost or wrong | everybody, at once |
| 2 | Orders wait longer than 15 minutes | on-call and the owner |
| 3 | Something looks odd | a ticket is enough |

+ What counts as lost
  An order is lost when a customer saw a confirmation and no carrier has it.
  - Waiting in the queue is not lost.
  - In the dead letters it is lost until it was replayed.`

const DEAD_LETTERS = `Jobs that failed five times wait in the table \`dead_letters\`. They keep their payload and the last error.

- [x] Read the last error of three of them: is it one cause or several?
- [x] Mend the cause and deploy it
- [ ] Replay a batch of 100 and watch the carrier's error rate
- [ ] Replay the rest

\`\`\`bash
bin/jobs dead --since 2h --limit 100
bin/jobs replay --from dead --limit 100 --rate 5
\`\`\`

> Replaying is safe twice: carriers refuse a shipment with the same reference.`

const RETRIES = `Why retries used to make outages worse, and what we do since November 2026.

## What happened

When the carrier went down in October, every worker retried after exactly 30 seconds. The carrier came back, was asked by everyone in the same second, and went down again.

## The rule now

- At most five attempts
- The wait doubles each time, from 2 seconds up to 5 minutes
- Full jitter: a random moment between zero and that wait
- _Retry-After_ of the answer wins when it is longer

\`\`\`typescript
export const waitMs = (attempt: number): number => Math.random() * Math.min(300_000, 2_000 * 2 ** attempt)
\`\`\`

Retries went from **1,900 to 240 a minute**. The pull request is [acme/api#11](https://github.com/acme/api/pull/11).`

const DEPLOYING = `Main is always fit to deploy. A deploy takes six minutes.

1. Merge when the checks are green
2. Staging deploys by itself; look at it
3. Press the button in the channel _deploys_

Migrations run **before** the deploy, never during it. A migration that locks a table longer than two seconds needs a second pair of eyes.

---

~ Deploy review, 12 November

<https://status.acme.example/>`

const handbook: StartPage = {
  title: 'Engineering handbook',
  icon: '📘',
  createdAt: '2024-03-04T09:12',
  editedAt: '2026-11-18T14:05',
  editedBy: 'sam',
  content: `How we build and run the order platform. If something here is wrong, change it and say so in **#engineering**.

## Start here
- New? Read _Deploying_ and _On-call_ in your first week.
- Looking for a decision? They are in the repository, next to the code.`,
  pages: [
    {
      title: 'On-call',
      icon: '📟',
      by: 'sam',
      createdAt: '2024-04-15T08:00',
      editedAt: '2026-11-16T10:40',
      content: ON_CALL,
      pages: [
        {
          title: 'Replaying dead letters',
          by: 'sam',
          createdAt: '2026-11-13T09:31',
          editedAt: '2026-11-13T09:39',
          content: DEAD_LETTERS,
        },
      ],
    },
    { title: 'Deploying', icon: '🚀', createdAt: '2024-05-02T11:00', editedAt: '2026-11-12T16:22', content: DEPLOYING },
    {
      title: 'Retries and backoff',
      icon: '♻️',
      by: 'sam',
      createdAt: '2026-11-10T13:02',
      editedAt: '2026-11-16T08:20',
      content: RETRIES,
    },
    {
      title: 'How we review code',
      by: 'priya',
      createdAt: '2025-01-20T10:00',
      editedAt: '2026-06-03T07:48',
      content: `A review answers within a working day. Small changes win.

- Ask questions first, give orders last
- Style is the formatter's business
- Approve with comments when nothing blocks`,
    },
  ],
}

const brand: StartPage = {
  title: 'Brand guide',
  icon: '🎨',
  by: 'priya',
  createdAt: '2026-10-28T09:00',
  editedAt: '2026-11-18T10:02',
  publicUrl: 'https://acme.notion.site/Brand-guide',
  content: `Fewer colours, more words.

## Colours
| Name | Light | Dark |
| Ink | #1c1917 | #fafaf9 |
| Signal | #c2410c | #fb923c |

## Words
- We say **order**, never _request_ or _ticket_
- Buttons are verbs
- No exclamation marks`,
}

/** The pages at the top of Acme. */
export const acmePages: readonly StartPage[] = [
  handbook,
  brand,
  {
    title: 'Backoff: handover',
    by: 'lee',
    createdAt: '2026-11-10T15:00',
    editedAt: '2026-11-17T17:30',
    owners: ['dana', 'sam', 'lee'],
    content: `What Lee built and what is open.

- [x] Full jitter in \`queue/backoff.ts\`
- [x] Metrics by attempt
- [ ] The carrier's own limits per account`,
  },
  {
    title: 'Salaries 2026',
    icon: '🔒',
    createdAt: '2026-01-08T09:00',
    editedAt: '2026-11-02T12:00',
    owners: ['dana'],
    content: 'Only for people who need to know.',
  },
  {
    title: 'Interview notes',
    by: 'sam',
    createdAt: '2026-09-01T09:00',
    editedAt: '2026-11-04T15:00',
    owners: ['sam'],
    content: 'Backend engineer, second round. Notes are deleted after 90 days.',
  },
  {
    title: 'Handbook of 2024',
    createdAt: '2024-01-10T09:00',
    editedAt: '2024-12-20T09:00',
    isTrashed: true,
    content: 'Replaced by the engineering handbook.',
  },
]
