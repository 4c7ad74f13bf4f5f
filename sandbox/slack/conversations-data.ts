/** What somebody said at a time (UTC), and the replies to it. `<@sam>` and `<#design>` become real mentions. */
export type Said = readonly [at: string, login: string, text: string, replies?: readonly Said[]]

/** What was said before anybody looked, by channel id. */
export const conversations: Readonly<Record<string, readonly Said[]>> = {
  C05GENERAL1: [
    ['2026-11-02T08:30', 'dana', 'Good morning. The order platform passed a million orders over the weekend :tada:'],
    ['2026-11-02T08:41', 'priya', 'Screenshot or it did not happen'],
    ['2026-11-09T09:00', 'dana', 'All hands on Thursday at 15:00 UTC. Agenda: Q4 roadmap, on-call, the new boards.'],
    ['2026-11-12T16:05', 'sam', 'Slides from the all hands are in the drive, the recording follows tomorrow.'],
    ['2026-11-18T10:15', 'priya', 'New brand guide is out. Short version: fewer colours, more words.'],
    ['2026-11-20T09:02', 'dana', 'Payroll moves to the new service on 1 December. Nobody has to do anything.'],
  ],
  C05ENGINR01: [
    [
      '2026-11-10T08:55',
      'sam',
      'Proposal for retries in the job queue: exponential backoff with jitter, five attempts.',
      [
        ['2026-11-10T09:01', 'dana', 'Jitter on all attempts or only after the first?'],
        ['2026-11-10T09:04', 'sam', 'All of them. The thundering herd of last month came from the first retry.'],
        ['2026-11-10T09:20', 'lee', 'Full jitter then. I can take it, it touches `queue/backoff.ts` only.'],
        ['2026-11-10T09:22', 'dana', 'Yes please.'],
      ],
    ],
    ['2026-11-10T13:30', 'lee', 'Pull request is up: https://github.com/acme/api/pull/11'],
    [
      '2026-11-11T08:12',
      'priya',
      'The order list is slow with 2,000 rows. Does the API have cursors yet?',
      [
        ['2026-11-11T08:20', 'sam', 'Since last week: `?cursor=`, see the README.'],
        ['2026-11-11T08:31', 'priya', 'Found it, thanks'],
      ],
    ],
    ['2026-11-11T14:02', 'dana', 'Reminder: migrations run before the deploy, never during.'],
    ['2026-11-12T07:48', 'sam', 'PostgreSQL 18 on staging since this morning. Nothing unusual so far.'],
    [
      '2026-11-12T11:16',
      'lee',
      'Is anybody else seeing `ECONNRESET` in the webhook tests?',
      [
        [
          '2026-11-12T11:19',
          'sam',
          'Yes, the carrier sandbox closes idle connections after 5 s. Keep-alive off fixes it.',
        ],
      ],
    ],
    [
      '2026-11-13T09:09',
      'dana',
      '<@sam> can you write down how to replay a dead letter? I do it from memory every time.',
    ],
    ['2026-11-13T09:40', 'sam', 'Done: handbook, on-call, replaying dead letters.'],
    ['2026-11-13T15:27', 'priya', 'Dark mode of the web client is behind a flag. Try it and tell me in <#design>.'],
    ['2026-11-16T08:03', 'sam', 'Backoff with jitter is live. Retries per minute went from 1,900 to 240.'],
    ['2026-11-16T08:05', 'dana', ':chart_with_downwards_trend: lovely'],
    [
      '2026-11-16T12:45',
      'lee',
      'Type checks take 41 s on my machine, 9 s with the new compiler. Shall we switch?',
      [
        ['2026-11-16T12:50', 'dana', 'After the release on Wednesday.'],
        ['2026-11-16T13:10', 'priya', '+1, and the editor gets faster too'],
      ],
    ],
    ['2026-11-17T09:31', 'sam', 'Idempotency keys are now required for POST /orders. Clients without one get a 400.'],
    ['2026-11-17T10:02', 'priya', 'Web sends them since 4.2, checked.'],
    ['2026-11-18T07:55', 'dana', 'Release 4.3 goes out at 10:00. Please hold merges to main until then.'],
    ['2026-11-18T10:21', 'dana', 'Released. Merges are open again.'],
    ['2026-11-18T14:37', 'lee', 'The rate limiter counts HEAD requests twice. Issue with a failing test is up.'],
    ['2026-11-19T08:10', 'sam', 'Fixed in main, thank you for the test.'],
    [
      '2026-11-19T16:44',
      'priya',
      'Who owns the `legacy-export` job? It still writes CSV to a bucket nobody reads.',
      [['2026-11-19T16:58', 'dana', 'Marta did. Let us switch it off and see who calls.']],
    ],
    ['2026-11-20T08:20', 'sam', 'Switched off. Nobody called.'],
    ['2026-11-20T13:05', 'dana', 'Next week: load test of the queue with the Black Friday profile.'],
  ],
  C05INCDNTS1: [
    [
      '2026-10-14T02:12',
      'sam',
      'SEV2: orders are accepted but not confirmed. Queue depth 48,000 and growing.',
      [
        ['2026-10-14T02:15', 'dana', 'Here. Carrier API answers 503, and we retry all of it at once.'],
        ['2026-10-14T02:31', 'sam', 'Paused the carrier worker. Depth is stable.'],
        ['2026-10-14T03:05', 'dana', 'Carrier is back. Resumed at a tenth of the speed.'],
        ['2026-10-14T04:40', 'sam', 'Queue is empty. Cause: retries without backoff. Review on Thursday.'],
      ],
    ],
    [
      '2026-11-05T11:48',
      'lee',
      'SEV3: webhooks to two shops fail with certificate errors.',
      [['2026-11-05T12:10', 'sam', 'Their certificates expired. Told both, deliveries are parked for 72 h.']],
    ],
    [
      '2026-11-19T19:26',
      'dana',
      'SEV3: search in the admin panel times out.',
      [['2026-11-19T19:40', 'sam', 'Missing index after the migration. Added, p95 is 40 ms again.']],
    ],
  ],
  C05DEPLOYS1: [
    ['2026-11-16T07:58', 'shipit', 'api 4.2.7 to production by sam: backoff with jitter'],
    ['2026-11-18T10:12', 'shipit', 'api 4.3.0 to production by dana'],
    ['2026-11-18T10:18', 'shipit', 'web 4.3.0 to production by dana'],
    ['2026-11-19T08:25', 'shipit', 'api 4.3.1 to production by sam: rate limiter counts HEAD once'],
  ],
  C05DESIGN01: [
    ['2026-11-13T15:30', 'priya', 'Dark mode: the amber badge has 3.9:1 on the card. Needs a darker ground.'],
    ['2026-11-13T16:12', 'dana', 'Agreed. Words first, colour second.'],
    ['2026-11-17T11:05', 'priya', 'Empty states for all lists: https://www.figma.com/design/acme-empty-states'],
  ],
  C05RANDOM01: [
    ['2026-11-06T12:02', 'lee', 'Kimchi pancakes today. No regrets.'],
    ['2026-11-14T09:45', 'priya', 'The monstera in the kitchen has a new leaf :seedling:'],
    ['2026-11-20T15:59', 'sam', 'Who left a bicycle pump in the server room?'],
  ],
  C05PAYROLL1: [
    ['2026-11-17T08:00', 'dana', 'Dry run of the payroll import: 214 of 216 rows match.'],
    ['2026-11-17T08:32', 'sam', 'The two others have a comma in the name. Fixed, dry run again tonight.'],
  ],
  C05LEADERS1: [['2026-11-16T17:00', 'dana', 'Budget for two more engineers is approved for Q1.']],
  C05MOBILE01: [
    ['2025-11-03T09:00', 'priya', 'Version 1.0 is in both stores.'],
    ['2025-11-21T10:00', 'dana', 'Closing this channel, support happens in <#engineering>.'],
  ],
  C06GENERAL1: [['2026-11-18T09:00', 'sam', 'Version 0.9 of the agent is tagged.']],
  C06TELEMTR1: [
    ['2026-11-18T09:30', 'sam', 'Sampling is decided at the edge from now on.'],
    ['2026-11-18T09:42', 'dana', 'With a way to keep all errors, I hope?'],
  ],
}
