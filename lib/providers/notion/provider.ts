import type { Provider } from '#lib/providers/define.ts'
import { databases } from './databases.ts'
import { failure, remedies } from './failure.ts'
import { identify } from './identify.ts'
import { revoke } from './leave.ts'
import { oauth, VERSION } from './oauth.ts'
import { pages } from './pages.ts'

export const notion: Provider = {
  id: 'notion',
  name: 'Notion',
  category: 'Documentation',
  slots: ['organization'],
  before: [
    'A Notion account that is a member of the team’s workspace, not a guest.',
    'Full access to the pages and databases that Plugboard is to show: only those can be chosen.',
    'A workspace that lets its members add connections. Otherwise its owner has to allow Plugboard first.',
  ],
  provides: [
    { what: 'Databases', lane: 'synced' },
    { what: 'Pages and rows: title, beginning, who changed them last', lane: 'live' },
    { what: 'Search in titles', lane: 'live' },
  ],
  origins: { app: 'https://app.notion.com', web: 'https://www.notion.so', api: 'https://api.notion.com' },
  hosts: ['*.notion.site'],
  endpoints: ({ api }) => ({
    api: `${api}/v1`,
    authorize: `${api}/v1/oauth/authorize`,
    token: `${api}/v1/oauth/token`,
  }),
  auth: [oauth],
  headers: VERSION,
  sharing: {
    kind: 'database',
    chosen: 'pages',
    none: 'Notion shows no databases. Whoever connected it can share one there: open it, choose •••, then Add connections, then Plugboard.',
  },
  remedies,
  identify,
  readers: [databases, pages],
  failure,
  leave: {
    revoke,
    by: 'https://app.notion.com/',
    steps: [
      'Open Notion as the person who connected it, then Settings and Connections.',
      'Find Plugboard under My connections.',
      'Choose •••, then Disconnect. A workspace owner can remove it for everyone.',
    ],
  },
  guide: {
    connect: [
      'At the top of Notion’s page, choose the workspace of your team.',
      'Notion lets you choose pages. What is inside a chosen page or database comes with it; everything else stays hidden.',
      'Choose Allow access. If you choose no page, Plugboard connects and finds nothing.',
    ],
    more: {
      title: 'Share more pages later',
      lines: [
        'Only the person who connected Notion can share more. In Notion they open the page, choose •••, then Add connections, then Plugboard.',
        'Reconnecting asks again which pages Plugboard may see.',
        'Notion’s search finds titles, and a new page a little late. A pasted link works at once.',
        'An admin can take a database off boards: Integrations, Notion, Resources. Its rows go with it.',
      ],
    },
  },
}
