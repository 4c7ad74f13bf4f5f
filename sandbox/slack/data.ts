import type { Person, Workspace } from './state.ts'

const person = (id: string, login: string, name: string, title: string, more: Partial<Person> = {}): Person => ({
  id,
  login,
  name,
  title,
  email: `${login}@acme.example`,
  isAdmin: false,
  isBot: false,
  isDeleted: false,
  ...more,
})

const slackbot = (): Person => person('USLACKBOT', 'slackbot', 'Slackbot', '', { isBot: true, email: '' })

/** A channel's description; what was said in it is in `conversations`. */
export type StartChannel = {
  id: string
  name: string
  topic: string
  purpose: string
  members: readonly string[]
  createdAt: string
  isPrivate?: boolean
  isArchived?: boolean
  isGeneral?: boolean
  formerNames?: string[]
}

type StartWorkspace = Omit<Workspace, 'channels'> & { start: readonly StartChannel[] }

const ACME = ['dana', 'sam', 'priya', 'lee']

/** The workspaces there are at the start. The app is in none of them. */
export const workspaces = (): StartWorkspace[] => [
  {
    id: 'T05ACMECRP1',
    domain: 'acme-corp',
    name: 'acme-corp',
    people: [
      person('U05DANAKWL1', 'dana', 'Dana Kowalski', 'Platform lead', { isAdmin: true }),
      person('U05SAMOKFR1', 'sam', 'Sam Okafor', 'Queues and databases'),
      person('U05PRIYANR1', 'priya', 'Priya Nair', 'Design engineer'),
      person('U05LEEPARK1', 'lee', 'Lee Park', 'Freelance backend developer', { email: 'lee@leepark.example' }),
      person('U05MARTARZ1', 'marta', 'Marta Ruiz', 'Operations', { isDeleted: true }),
      person('U05DEPLOYB1', 'shipit', 'Ship It', '', { isBot: true, email: '' }),
      slackbot(),
    ],
    start: [
      {
        id: 'C05GENERAL1',
        name: 'general',
        topic: 'Company-wide news',
        purpose: 'Everybody is here. Announcements that all of acme should read.',
        members: ACME,
        createdAt: '2024-02-05T09:00:00Z',
        isGeneral: true,
      },
      {
        id: 'C05ENGINR01',
        name: 'engineering',
        topic: 'api, web, infra. Questions are welcome',
        purpose: 'How we build the order platform',
        members: ACME,
        createdAt: '2024-02-05T09:10:00Z',
        formerNames: ['dev'],
      },
      {
        id: 'C05INCDNTS1',
        name: 'incidents',
        topic: 'One thread for each incident. Severity first',
        purpose: 'What is broken now, and who is on it',
        members: ['dana', 'sam', 'lee'],
        createdAt: '2024-03-11T08:00:00Z',
      },
      {
        id: 'C05DEPLOYS1',
        name: 'deploys',
        topic: '',
        purpose: 'Every deployment of api and web',
        members: ['dana', 'sam', 'shipit'],
        createdAt: '2024-03-12T08:00:00Z',
      },
      {
        id: 'C05DESIGN01',
        name: 'design',
        topic: 'Boards, cards, words',
        purpose: 'Reviews on Tuesdays',
        members: ['dana', 'priya'],
        createdAt: '2024-05-20T10:00:00Z',
      },
      {
        id: 'C05RANDOM01',
        name: 'random',
        topic: 'Plants, lunch, bicycles',
        purpose: '',
        members: ACME,
        createdAt: '2024-02-05T09:01:00Z',
      },
      {
        id: 'C05PAYROLL1',
        name: 'payroll-migration',
        topic: 'Cut-over on 1 December',
        purpose: 'Moving payroll to the new service',
        members: ['dana', 'sam'],
        createdAt: '2026-08-03T09:00:00Z',
        isPrivate: true,
      },
      {
        id: 'C05LEADERS1',
        name: 'leadership',
        topic: '',
        purpose: 'Hiring and budgets',
        members: ['dana'],
        createdAt: '2025-01-07T09:00:00Z',
        isPrivate: true,
      },
      {
        id: 'C05MOBILE01',
        name: 'proj-mobile-2025',
        topic: 'Done in November 2025',
        purpose: 'The first mobile app',
        members: ['dana', 'priya'],
        createdAt: '2025-03-03T09:00:00Z',
        isArchived: true,
      },
    ],
  },
  {
    id: 'T06GLOBEXL1',
    domain: 'globex-labs',
    name: 'Globex Labs',
    people: [
      person('U06SAMOKFR1', 'sam', 'Sam Okafor', 'Founder', { isAdmin: true, email: 'sam@globex.example' }),
      person('U06DANAKWL1', 'dana', 'Dana Kowalski', 'Adviser', { email: 'dana@globex.example' }),
      slackbot(),
    ],
    start: [
      {
        id: 'C06GENERAL1',
        name: 'general',
        topic: '',
        purpose: 'All of Globex Labs',
        members: ['sam', 'dana'],
        createdAt: '2025-09-01T09:00:00Z',
        isGeneral: true,
      },
      {
        id: 'C06TELEMTR1',
        name: 'telemetry',
        topic: 'The open agent',
        purpose: 'Design of the telemetry agent',
        members: ['sam', 'dana'],
        createdAt: '2025-09-02T09:00:00Z',
      },
    ],
  },
]
