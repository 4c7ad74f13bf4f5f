import type { Space } from './state.ts'

const DANA = 'dana@acme.example'
const SAM = 'sam@acme.example'

const space = (id: number, key: string, name: string, about: Partial<Space>): Space => ({
  id: String(id),
  key,
  name,
  description: '',
  site: 'acme',
  type: 'global',
  status: 'current',
  owner: DANA,
  homepageId: String(id + 97),
  createdAt: '2024-02-05T09:20:00.412Z',
  members: null,
  isOpen: false,
  ...about,
})

/** The spaces there are at the start. */
export const spaces = (): Space[] => [
  space(98_306, 'ENG', 'Engineering', { description: 'How the order platform is built and kept running.' }),
  space(131_074, 'PROD', 'Product', {
    description: 'What we make next, and why.',
    owner: 'priya@acme.example',
    type: 'collaboration',
  }),
  space(163_842, 'HELP', 'Help centre', {
    description: 'Written for customers.',
    owner: 'priya@acme.example',
    type: 'knowledge_base',
    isOpen: true,
  }),
  space(196_610, 'FIN', 'Finance Engineering', { description: 'Payroll and tax.', members: [DANA, SAM] }),
  space(229_378, 'OLD', 'Mobile app 2025', { status: 'archived', createdAt: '2025-03-03T09:00:00.107Z' }),
  space(262_146, '~7120205f3c1e0a8d244b579c610d2a7e4b9f10', 'Dana Kowalski', { type: 'personal', members: [DANA] }),
  space(98_306, 'LAB', 'Lab notes', { site: 'globex-labs', owner: SAM, createdAt: '2025-09-01T09:30:00.000Z' }),
]
