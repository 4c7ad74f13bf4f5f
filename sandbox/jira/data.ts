import type { Board, Project, Sprint } from './state.ts'

const DANA = 'dana@acme.example'
const SAM = 'sam@acme.example'
const PRIYA = 'priya@acme.example'

const project = (id: number, key: string, name: string, about: Partial<Project>): Project => ({
  id: String(id),
  key,
  formerKeys: [],
  name,
  description: '',
  site: 'acme',
  lead: DANA,
  members: null,
  isOpen: false,
  style: 'classic',
  category: null,
  isArchived: false,
  ...about,
})

/** The projects there are at the start. */
export const projects = (): Project[] => [
  project(10_001, 'ORD', 'Orders', {
    description: 'Orders and fulfilment: the API, its queue and the carriers.',
    formerKeys: ['FUL'],
    category: 'Product',
  }),
  project(10_002, 'SHOP', 'Web shop', {
    description: 'What customers see.',
    lead: PRIYA,
    style: 'next-gen',
    isOpen: true,
    category: 'Product',
  }),
  project(10_003, 'OPS', 'Operations', {
    description: 'Clusters, databases, alerts. Ask here before you ask in chat.',
    lead: SAM,
    category: 'Platform',
  }),
  project(10_004, 'PAYR', 'Payroll migration', {
    description: 'Cut-over on 1 December. Finance Engineering only.',
    members: [DANA, SAM],
  }),
  project(10_005, 'MOB', 'Mobile app 2025', { description: 'Done in November 2025.', lead: PRIYA, isArchived: true }),
  project(10_001, 'TEL', 'Telemetry', {
    description: 'The open agent.',
    site: 'globex-labs',
    lead: SAM,
    isOpen: true,
  }),
  project(10_000, 'HOME', 'House', { site: 'kowalski', lead: 'dana@kowalski.example', style: 'next-gen' }),
]

/** The boards there are at the start. */
export const boards = (): Board[] => [
  { id: 1, name: 'Orders', type: 'scrum', site: 'acme', project: 'ORD' },
  { id: 2, name: 'SHOP board', type: 'simple', site: 'acme', project: 'SHOP' },
  { id: 3, name: 'Operations', type: 'kanban', site: 'acme', project: 'OPS' },
  { id: 4, name: 'Payroll cut-over', type: 'scrum', site: 'acme', project: 'PAYR' },
  { id: 1, name: 'Telemetry', type: 'kanban', site: 'globex-labs', project: 'TEL' },
  { id: 1, name: 'HOME board', type: 'simple', site: 'kowalski', project: 'HOME' },
]

const sprint = (id: number, board: number, name: string, days: readonly string[], about: Partial<Sprint>): Sprint => ({
  id,
  site: 'acme',
  board,
  name,
  goal: '',
  state: 'future',
  startDate: days[0] === undefined ? null : `${days[0]}T08:00:00.000Z`,
  endDate: days[1] === undefined ? null : `${days[1]}T16:00:00.000Z`,
  completeDate: null,
  ...about,
})

/** The sprints there are at the start, all of acme. */
export const sprints = (): Sprint[] => [
  sprint(11, 1, 'Orders 41', ['2026-10-19', '2026-10-30'], {
    state: 'closed',
    completeDate: '2026-10-30T15:42:10.000Z',
    goal: 'Cursors in every list',
  }),
  sprint(12, 1, 'Orders 42', ['2026-11-02', '2026-11-13'], {
    state: 'closed',
    completeDate: '2026-11-13T15:20:05.000Z',
    goal: 'No label lost when a carrier is down',
  }),
  sprint(13, 1, 'Orders 43', ['2026-11-16', '2026-11-27'], {
    state: 'active',
    goal: 'Retries that nobody has to watch',
  }),
  sprint(14, 1, 'Orders 44', [], { goal: 'Partial shipments' }),
  sprint(21, 4, 'Cut-over', ['2026-11-16', '2026-12-04'], { state: 'active', goal: 'Payroll runs on the new service' }),
]
