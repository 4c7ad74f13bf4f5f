import { atlassianEndpoints, atlassianOauth, atlassianOrigins, atlassianSites } from '#lib/providers/atlassian.ts'
import { atlassianFailure, atlassianLimit } from '#lib/providers/atlassian-answers.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { Scope } from '#lib/providers/define-auth.ts'
import { identify } from './identify.ts'
import { pageSearch } from './page-search.ts'
import { pages } from './pages.ts'
import { spaces } from './spaces.ts'
import { verifiedAccess } from './verified-access.ts'

/** The newer API takes granular scopes alone, its search is an older one (developer.atlassian.com/cloud/confluence/scopes-for-oauth-2-3LO-and-forge-apps). */
const scopes: readonly Scope[] = [
  {
    name: 'read:space:confluence',
    why: 'To list the spaces that the account can open. It has taken the place of `read:confluence-space.summary`, which opens nothing any more.',
  },
  {
    name: 'read:page:confluence',
    why: 'To show the titles and the beginnings of pages. It has taken the place of `read:confluence-content.summary`, which opens nothing any more.',
  },
  {
    name: 'search:confluence',
    why: 'To search pages by their titles and by what they say.',
    optional: true,
    limits: 'Pages cannot be searched, and cards do not say who changed a page last.',
    impliedBy: ['read:content-details:confluence'],
  },
  {
    name: 'read:confluence-user',
    why: 'To know whose Atlassian account is connected.',
    impliedBy: ['read:content-details:confluence'],
  },
]

const consent = atlassianOauth(scopes)

export const confluence: Provider = {
  id: 'confluence',
  name: 'Confluence',
  category: 'Documentation',
  slots: ['organization', 'user'],
  before: [
    'A Confluence Cloud subscription on the site that your team’s Jira is on.',
    'An Atlassian account that may use Confluence there.',
    'For the organization connection: an account that sees every space the team works in.',
  ],
  provides: [
    { what: 'Spaces', lane: 'synced' },
    { what: 'Pages: title, beginning, who changed them last', lane: 'live' },
    { what: 'Content search', lane: 'live' },
  ],
  origins: atlassianOrigins,
  hosts: ['*.atlassian.net'],
  endpoints: atlassianEndpoints('confluence'),
  auth: [consent, verifiedAccess(consent.scopes)],
  sites: atlassianSites('confluence'),
  identify,
  readers: [spaces, pages, pageSearch],
  failure: atlassianFailure,
  limit: atlassianLimit,
  leave: {
    revoke: 'none', // Atlassian has no address for it
    by: 'https://id.atlassian.com/manage-profile/apps',
    steps: [
      'Open id.atlassian.com/manage-profile/apps, the connected apps of your account.',
      'Find Plugboard and choose Remove access. That ends Jira and Confluence, on every site.',
      'A site admin can take the app off the whole site: admin.atlassian.com, Apps, Sites, the site, Connected apps.',
    ],
  },
  guide: {
    connect: [
      'Atlassian may ask you to sign in first, and for a second factor. Take the time you need.',
      'Atlassian lists what Plugboard asks for. If it asks for a site, choose the one your team works on.',
      'Choose Accept. If you have several sites, Plugboard asks which one to use.',
    ],
    more: {
      title: 'Working day to day',
      lines: [
        'Press @ on a board and choose Confluence: your spaces come first, in them the pages that were changed last.',
        'A link to a page or to a space becomes a card when you paste it; short links too.',
        'Write a query in CQL to keep a list on a board: how much it finds, and the first five.',
      ],
    },
  },
}
