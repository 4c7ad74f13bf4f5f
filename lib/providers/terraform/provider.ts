import type { Provider } from '#lib/providers/define.ts'
import { budget, failure, remedies } from './failure.ts'
import { EUROPE, endpoints, HOME } from './hosts.ts'
import { identify } from './identify.ts'
import { isWorkspaceId } from './ids.ts'
import { plans } from './plans.ts'
import { runs } from './runs.ts'
import { secret } from './secret.ts'
import { states } from './states.ts'
import { containers, workspaces } from './workspaces.ts'

export const terraform: Provider = {
  id: 'terraform',
  name: 'Terraform',
  category: 'Infrastructure',
  slots: ['organization'],
  before: [
    'The right to make a team’s token in your Terraform organization. A user’s own token shows what that user sees.',
    'A team for Plugboard that may read runs, and state versions if their resources are to be counted.',
    'If your organization is in HCP Europe, or on a Terraform Enterprise: its hostname, reachable from here.',
  ],
  provides: [
    { what: 'Workspaces', lane: 'live' },
    { what: 'Runs and what their plans change, in numbers', lane: 'live' },
    { what: 'How many resources a state has, never its values', lane: 'live' },
  ],
  lacks: [
    'Values, outputs, variables, logs and the files of states and plans are never asked for: they may hold secrets.',
  ],
  origins: { api: HOME, eu: EUROPE },
  endpoints,
  auth: [secret],
  headers: { accept: 'application/vnd.api+json' },
  sharing: {
    kind: 'workspace',
    isOwnId: isWorkspaceId,
    containers,
    audience: (name) => `see how many resources are in ${name}.`,
    none: 'No workspaces. Terraform shows a token only those its team or user may read: give it access there.',
  },
  remedies,
  identify,
  readers: [workspaces, runs, plans, states],
  failure,
  budget,
  leave: {
    revoke: 'none',
    by: 'https://app.terraform.io/app/settings/tokens',
    steps: [
      'Open Terraform. A team’s token is in the organization’s settings, under API Tokens, Team Tokens.',
      'A user’s own is in that user’s settings, under Tokens.',
      'Delete the token that was made for Plugboard.',
    ],
  },
  guide: {
    connect: [
      'The page of tokens that opens is your own. For a team’s token, open your organization’s settings instead, then API Tokens, Team Tokens.',
      'An organization token connects nothing here: it can’t read runs or plans.',
      'In HCP Europe and on a Terraform Enterprise these pages are at its own hostname. In Europe teams are called groups.',
      'A token ends on the day that was chosen for it, which Plugboard cannot ask. Note it in “Expires on” to be reminded.',
    ],
    more: {
      title: 'What Terraform says “not found” to',
      lines: [
        'Terraform answers “not found” for what a token may not see, exactly as for what is not there. A card that says so may only lack access: ask in Terraform who manages the team.',
        'Of a state only the number of its resources is shown, and only where an admin allows it: Integrations, Terraform, Resources.',
      ],
    },
  },
}
