import type { Admin, HelpCenter, Region } from './state.ts'

const admin = (id: string, login: string, name: string, email: string, more: Partial<Admin> = {}): Admin => ({
  id,
  login,
  name,
  email,
  isEmailVerified: true,
  hasSeat: true,
  hasGone: false,
  ...more,
})

/** A workspace without what is in it. `teamId` is that of its one team. */
export type StartWorkspace = {
  code: string
  domain: string
  name: string
  region: Region
  timezone: string
  createdAt: string
  helpCenter: HelpCenter | null
  teamId: number
  admins: Admin[]
}

/** The workspaces there are at the start, one in each region. The app is in none of them. */
export const workspaces = (): StartWorkspace[] => [
  {
    code: 'ac3kqx7w',
    domain: 'acme',
    name: 'Acme',
    region: 'US',
    timezone: 'Europe/Amsterdam',
    createdAt: '2024-02-12T09:00',
    helpCenter: { id: 84, identifier: 'acme', name: 'Acme Help Center' },
    teamId: 5_017_691,
    admins: [
      admin('7410001', 'dana', 'Dana Kowalski', 'dana@acme.example'),
      admin('7410002', 'sam', 'Sam Okafor', 'sam@acme.example'),
      admin('7410003', 'priya', 'Priya Nair', 'priya@acme.example', { hasSeat: false }),
      admin('7410004', 'lee', 'Lee Park', 'lee@park.example', { isEmailVerified: false }),
      admin('7410005', 'marta', 'Marta Ruiz', 'marta@acme.example', { hasGone: true }),
    ],
  },
  {
    code: 'gl0bexeu',
    domain: 'globex',
    name: 'Globex Labs',
    region: 'EU',
    timezone: 'Europe/Dublin',
    createdAt: '2025-09-01T09:00',
    helpCenter: { id: 112, identifier: 'globex-labs', name: 'Globex Labs Docs' },
    teamId: 6_020_117,
    admins: [
      admin('7520001', 'sam', 'Sam Okafor', 'sam@globex.example'),
      admin('7520002', 'dana', 'Dana Kowalski', 'dana@globex.example'),
    ],
  },
  {
    code: 'acmepac1',
    domain: 'acme-au',
    name: 'Acme Pacific',
    region: 'AU',
    timezone: 'Australia/Sydney',
    createdAt: '2026-05-04T01:00',
    helpCenter: null,
    teamId: 7_000_021,
    admins: [admin('7630001', 'dana', 'Dana Kowalski', 'dana@acme.example')],
  },
]
