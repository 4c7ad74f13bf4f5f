import type { StartMeeting } from '#sandbox/zoom/grow.ts'

const [SAM, DANA, LEE] = ['sam@globex.example', 'dana@globex.example', 'lee@park.example']

/** The meetings of Globex Labs, and of the two who have an account to themselves. */
export const otherMeetings: readonly StartMeeting[] = [
  {
    host: SAM,
    topic: 'Telemetry field test',
    agenda: 'The agent at the depot in Tilburg',
    type: 8,
    at: '13:30',
    minutes: 60,
    on: [-10, 4],
    with: [DANA, 'Depot Tilburg'],
    recorded: { [-10]: { lines: ['Sam Okafor: It sends nothing while it is off. We pulled the cable to be sure.'] } },
  },
  { host: DANA, topic: 'Adviser call', at: '16:00', minutes: 30, on: [-15, 13], type: 8, with: [SAM] },
  { host: LEE, topic: 'Intro: backend work', at: '09:00', minutes: 40, on: [-6], with: ['Noor Haddad'] },
  { host: LEE, topic: 'Invoice questions', at: '10:00', minutes: 20, on: [2], with: ['Noor Haddad'] },
  { host: 'dana@kowalski.example', topic: 'Book club', at: '18:30', minutes: 90, on: [-23, 5], type: 8, with: ['Ewa'] },
]
