import { atlassianEndpoints, atlassianOauth, atlassianOrigins, atlassianSites } from '#lib/providers/atlassian.ts'
import { atlassianFailure, atlassianLimit } from '#lib/providers/atlassian-answers.ts'
import { signAsAccount } from '#lib/providers/atlassian-token.ts'
import type { Provider } from '#lib/providers/define.ts'
import { apiToken, tokenEndpoints } from './api-token.ts'
import { boards } from './boards.ts'
import { identify } from './identify.ts'
import { issueSearch } from './issue-search.ts'
import { issues } from './issues.ts'
import { projects } from './projects.ts'
import { scopes } from './scopes.ts'
import { sprints } from './sprints.ts'

const byConsent = atlassianEndpoints('jira')

export const jira: Provider = {
  id: 'jira',
  name: 'Jira',
  category: 'Project management',
  slots: ['organization', 'user'],
  before: [
    'An Atlassian account that can open your Jira projects.',
    'The address of your Atlassian site, such as acme.atlassian.net.',
    'For the organization connection: an account that sees every project the team works in. Its API token does too.',
  ],
  provides: [
    { what: 'Projects', lane: 'synced' },
    { what: 'Issues, with their status, sprint, points and who has them', lane: 'live' },
    { what: 'Boards and sprints', lane: 'live' },
    { what: 'Results of JQL searches', lane: 'live' },
  ],
  origins: atlassianOrigins,
  hosts: ['*.atlassian.net'],
  endpoints: (origins, config) =>
    config.site ? { ...byConsent(origins, {}), ...tokenEndpoints(origins, config) } : byConsent(origins, config),
  auth: [atlassianOauth(scopes), apiToken],
  sign: signAsAccount,
  sites: atlassianSites('jira'),
  identify,
  builtIn: 'Jira is connected through your Atlassian site. Nothing to configure.',
  readers: [projects, issues, boards, sprints, issueSearch],
  remedies: {
    captcha: 'Atlassian wants this account to sign in in a browser first. Do that at id.atlassian.com, then try again.',
  },
  failure: atlassianFailure,
  limit: atlassianLimit,
  leave: {
    revoke: 'none', // Atlassian has no address for it
    by: 'https://id.atlassian.com/manage-profile/apps',
    steps: [
      'Open id.atlassian.com/manage-profile/apps, the connected apps of your account.',
      'Find Plugboard and choose Remove access. That ends Jira and Confluence, on every site.',
      'An API token is deleted at id.atlassian.com/manage-profile/security/api-tokens.',
    ],
  },
  guide: {
    connect: [
      'Atlassian may ask you to sign in first, and for a second factor. Take the time you need.',
      'Atlassian lists what Plugboard asks for. If it asks for a site, choose the one your team works on.',
      'Choose Accept. If you have several sites, Plugboard asks which one to use.',
    ],
    more: {
      title: 'Choose boards and projects',
      lines: [
        'Press @ on a board and choose Jira: your projects come first, in them their issues and boards.',
        'Begin with the boards a team plans with. A board leads on to its issues and its sprints.',
        'A link to an issue, a board or a project becomes a card when you paste it.',
        'Write a query in JQL to keep a list on a board: how many issues it finds, and the first five.',
      ],
    },
  },
}
