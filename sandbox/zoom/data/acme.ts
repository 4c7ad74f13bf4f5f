import type { StartMeeting } from '#sandbox/zoom/grow.ts'

const [DANA, SAM, PRIYA, LEE] = ['dana@acme.example', 'sam@acme.example', 'priya@acme.example', 'lee@park.example']

/** The meetings of Acme's people, those of Dana first. */
export const acmeMeetings: readonly StartMeeting[] = [
  {
    host: DANA,
    topic: 'Weekly platform sync',
    agenda: 'Deploys, incidents, who is on call',
    type: 8,
    at: '09:30',
    minutes: 45,
    on: [-27, -20, -13, -6, 1, 8, 15],
    with: [SAM, PRIYA, LEE],
    recorded: {
      [-13]: {
        lines: [
          'Dana Kowalski: The retry change is out since Tuesday. Queue depth stayed under two hundred.',
          'Sam Okafor: Backoff is capped at thirty seconds now, with jitter. I would like to see a weekend of it.',
          'Priya Nair: The board shows the dead letters, but nobody sees the button that replays them.',
          'Dana Kowalski: Then that button is next. Lee, can you take the endpoint?',
          'Lee Park: Yes, by Thursday.',
        ],
        chat: ['Sam Okafor: acme/api#14', 'Priya Nair: I will bring a sketch'],
      },
      [-6]: {
        lines: [
          'Dana Kowalski: Payroll moves on the first. What is still open?',
          'Sam Okafor: The rehearsal, and an answer from finance about the cut-over hour.',
          'Lee Park: Replay works in staging. It keeps the order now.',
        ],
      },
    },
  },
  {
    host: DANA,
    topic: 'Incident review: retry storm',
    agenda: 'What happened on the ninth, without blame',
    at: '14:00',
    minutes: 50,
    on: [-9],
    with: [SAM, LEE],
    uuids: { [-9]: '/kQ2vB7tTdyl1Wm+Zx8uPw==' },
    recorded: {
      [-9]: {
        lines: [
          'Sam Okafor: At 03:12 the carrier answered 503, and every worker tried again in the same second.',
          'Dana Kowalski: So the queue doubled each minute until the limit stopped it.',
          'Lee Park: Without jitter the backoff only made them march in step.',
          'Dana Kowalski: Action for us: jitter, a cap, and an alert on queue depth.',
        ],
      },
    },
  },
  {
    host: DANA,
    topic: 'Carrier portal demo with Globex',
    at: '15:00',
    minutes: 30,
    on: [-2],
    with: [PRIYA, 'sam@globex.example'],
    uuids: { [-2]: 'p7Rk//d3Tq6bXz0Lw4YhNA==' },
    recorded: { [-2]: { transcript: 'processing' } },
  },
  {
    host: DANA,
    topic: 'Office hours',
    type: 3,
    at: '12:00',
    minutes: 25,
    on: [-16, -4],
    with: [LEE],
    recorded: { [-4]: { transcript: 'none' } },
  },
  {
    host: DANA,
    topic: 'Dana Kowalski’s Zoom Meeting',
    type: 1,
    at: '17:10',
    minutes: 12,
    on: [-5],
    with: [SAM],
    uuids: { [-5]: 'Yb+8s1cQRm2u/7vJpD5kXg==' },
    recorded: { [-5]: { lines: ['Sam Okafor: Five minutes about the flaky test, then lunch.'] } },
  },
  { host: DANA, topic: 'Sound check', at: '08:00', minutes: 5, on: [-1], with: [] },
  {
    host: DANA,
    topic: 'Quarterly planning',
    agenda: 'Three things we finish, and what we stop',
    at: '10:00',
    minutes: 90,
    on: [3],
    with: [SAM, PRIYA],
  },
  { host: DANA, topic: 'Payroll cut-over rehearsal', at: '13:00', minutes: 60, on: [9], with: [SAM] },
  {
    host: DANA,
    topic: 'Architecture day',
    at: '09:00',
    minutes: 180,
    on: [-70],
    with: [SAM, PRIYA, LEE],
    recorded: {
      [-70]: {
        lines: [
          'Dana Kowalski: One queue for each carrier, or one for all of them?',
          'Sam Okafor: One for each. A slow carrier must not hold the others up.',
        ],
      },
    },
  },
  { host: DANA, topic: 'Retrospective of last year', at: '10:00', minutes: 60, on: [-400], with: [SAM, PRIYA] },
  {
    host: SAM,
    topic: 'Queue depth alerts',
    at: '11:00',
    minutes: 30,
    on: [-3],
    with: [LEE],
    recorded: { [-3]: { lines: ['Sam Okafor: Page at a thousand, and only if it still grows.'] } },
  },
  { host: SAM, topic: 'Sam / Dana', type: 8, at: '08:30', minutes: 30, on: [-8, -1, 6], with: [DANA] },
  { host: PRIYA, topic: 'Design critique', type: 8, at: '07:30', minutes: 40, on: [-12, -5, 2, 9], with: [DANA, SAM] },
]
