import type { App, Feature } from './state.ts'

const all: Record<Feature, boolean> = { auditLog: true, dataExport: true, highlights: true }
const app = (organization: string, name: string, features: Partial<App['features']> = {}): App => ({
  organization,
  name,
  host: 'cloud',
  features: { ...all, ...features },
})

/** The projects there are at the start. */
export const apps = (): App[] => [
  app('acme', 'web', { dataExport: false }),
  app('acme', 'admin', { auditLog: false, highlights: false }),
  app('globex', 'portal'),
  { ...app('acme-internal', 'console'), host: 'private' },
]

/** Of each project one key is there from the start: its App ID with colons, and this. */
export const STANDING_SECRET = 'sandboxsandbox'

type StartSession = {
  app: string
  number: number
  ago: string
  userId: string
  email: string
  name: string
  summary: string
}

/** The sessions there are at the start. */
export const startSessions: readonly StartSession[] = [
  {
    app: 'acme/web',
    number: 0,
    ago: '9d',
    userId: 'customer-2041',
    email: 'nora@customer.example',
    name: 'Nora Lind',
    summary: 'Compared two sofas, put one into the cart and left at the address form.',
  },
  {
    app: 'acme/web',
    number: 1,
    ago: '8d',
    userId: 'customer-2041',
    email: 'nora@customer.example',
    name: 'Nora Lind',
    summary: 'Came back, met **503** at the checkout twice, and gave up.',
  },
  {
    app: 'acme/web',
    number: 0,
    ago: '3d',
    userId: 'customer-1187',
    email: 'tariq@customer.example',
    name: 'Tariq Aziz',
    summary: 'Rage clicks on *Pay now* while the total was still loading.',
  },
  {
    app: 'acme/web',
    number: 4,
    ago: '20h',
    userId: 'customer-3310',
    email: 'ines@customer.example',
    name: 'Inês Prado',
    summary: 'Ordered three lamps without trouble.',
  },
  {
    app: 'acme/web',
    number: 0,
    ago: '25m',
    userId: 'customer-3502',
    email: 'oskar@customer.example',
    name: 'Oskar Holm',
    summary: 'Is still looking at rugs.',
  },
  {
    app: 'acme/admin',
    number: 2,
    ago: '2d',
    userId: 'staff-7',
    email: 'sam@acme.example',
    name: 'Sam Okafor',
    summary: 'Refunded an order; the table flickered.',
  },
  {
    app: 'globex/portal',
    number: 0,
    ago: '5d',
    userId: 'carrier-88',
    email: 'dispatch@carrier.example',
    name: 'Northern Carriers',
    summary: 'Uploaded a manifest; the second attempt worked.',
  },
  {
    app: 'acme-internal/console',
    number: 0,
    ago: '6d',
    userId: 'staff-1',
    email: 'dana@acme.example',
    name: 'Dana Kowalski',
    summary: 'Rotated a key.',
  },
]

/** An entry whose description is `#n` viewed the nth session of its project. */
type StartEntry = { app: string; ago: string; user: string; action: string; description: string }

const PLAIN_ACTION = 'Viewed session'
const viewed = (app: string, ago: string, user: string, session: number): StartEntry => ({
  app,
  ago,
  user,
  action: PLAIN_ACTION,
  description: `#${session}`,
})

/** The audit logs there are at the start, oldest first. */
export const startEntries: readonly StartEntry[] = [
  { app: 'acme/web', ago: '60d', user: 'dana@acme.example', action: 'Created API key', description: 'Plugboard' },
  { app: 'acme/web', ago: '45d', user: 'dana@acme.example', action: 'Invited user', description: 'lee@park.example' },
  viewed('acme/web', '8d', 'priya@acme.example', 0),
  viewed('acme/web', '7d', 'priya@acme.example', 1),
  viewed('acme/web', '7d', 'sam@acme.example', 1),
  { app: 'acme/web', ago: '4d', user: 'sam@acme.example', action: 'Updated alert', description: 'Checkout errors' },
  viewed('acme/web', '2d', 'lee@park.example', 2),
  viewed('acme/web', '26h', 'dana@acme.example', 2),
  viewed('acme/web', '12h', 'sam@acme.example', 1),
  viewed('acme/web', '50m', 'priya@acme.example', 3),
  { app: 'globex/portal', ago: '30d', user: 'sam@acme.example', action: 'Created API key', description: 'Plugboard' },
  viewed('globex/portal', '4d', 'sam@acme.example', 0),
  viewed('acme-internal/console', '5d', 'dana@acme.example', 0),
]
