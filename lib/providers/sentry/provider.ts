import type { Provider } from '#lib/providers/define.ts'
import { events } from './events.ts'
import { budget, failure, limit } from './failure.ts'
import { endpoints } from './hosts.ts'
import { identify } from './identify.ts'
import { isNumber } from './ids.ts'
import { issues } from './issues.ts'
import { projects } from './projects.ts'
import { secret } from './secret.ts'

export const sentry: Provider = {
  id: 'sentry',
  name: 'Sentry',
  category: 'Observability',
  slots: ['organization'],
  before: [
    'A Sentry organization where you are a manager, an admin or an owner: others cannot make integrations.',
    'An internal integration for Plugboard with read access to Organization, Project, and Issue & Event.',
    'The organization’s slug. If you host Sentry yourselves: its address, reachable from here.',
  ],
  provides: [
    { what: 'Projects', lane: 'live' },
    { what: 'Issues on boards', lane: 'live' },
    { what: 'Error events, without personal data', lane: 'live' },
  ],
  origins: { api: 'https://sentry.io' },
  hosts: ['*.sentry.io'],
  endpoints,
  auth: [secret],
  sharing: {
    kind: 'project',
    isOwnId: isNumber,
    none: 'No projects. Create one in Sentry.',
  },
  identify,
  readers: [projects, issues, events],
  failure,
  budget,
  limit,
  leave: {
    revoke: 'none',
    by: 'https://sentry.io/settings/',
    steps: [
      'Open sentry.io/settings, choose the organization and then Custom Integrations.',
      'Open the integration that was made for Plugboard.',
      'Delete its token, or the whole integration.',
      'A personal token is deleted under User settings, Personal Tokens.',
    ],
  },
}
