import { signAsAccount } from '#lib/providers/atlassian-token.ts'
import type { Provider } from '#lib/providers/define.ts'
import { apiToken } from './api-token.ts'
import { codeSearch } from './code-search.ts'
import { directories } from './directories.ts'
import { budget, failure } from './failure.ts'
import { files } from './files.ts'
import { identify } from './identify.ts'
import { pullRequests } from './pull-requests.ts'
import { repositories } from './repositories.ts'

export const bitbucket: Provider = {
  id: 'bitbucket',
  name: 'Bitbucket',
  category: 'Code repository',
  slots: ['organization'],
  before: [
    'An Atlassian account that can open the repositories the team works in, and its e-mail address.',
    'An API token of that account, made with scopes, for Bitbucket. App passwords ended in July 2026.',
    'The workspace as it stands in the address of your repositories: bitbucket.org/acme.',
  ],
  provides: [
    { what: 'Repositories', lane: 'live' },
    { what: 'Files', lane: 'live' },
    { what: 'Directory trees', lane: 'live' },
    { what: 'Pull requests', lane: 'live' },
    { what: 'Code search', lane: 'live' },
  ],
  origins: { api: 'https://api.bitbucket.org', web: 'https://bitbucket.org' },
  endpoints: ({ api = '', web = '' }) => ({ api: `${api}/2.0`, web }),
  auth: [apiToken],
  sign: signAsAccount,
  sharing: {
    kind: 'repository',
    audience: (name) => `read the files and pull requests of ${name}, even if they have no access to it in Bitbucket.`,
    none: 'No repositories. The account whose token this is works on none in this workspace: give it access in Bitbucket, or create one.',
  },
  identify,
  readers: [repositories, directories, files, codeSearch, pullRequests],
  failure,
  budget,
  leave: {
    revoke: 'none', // Atlassian has no address for it
    by: 'https://id.atlassian.com/manage-profile/security/api-tokens',
    steps: [
      'Open id.atlassian.com/manage-profile/security/api-tokens, signed in as the account that made the token.',
      'Find the token that was made for Plugboard and choose Revoke.',
      'If it is somebody’s who has left: an admin of your Atlassian organization revokes it at admin.atlassian.com.',
    ],
  },
  guide: {
    more: {
      title: 'Working day to day',
      lines: [
        'Go on working at Bitbucket as before: branches, reviews and merges stay there. Plugboard reads and changes nothing.',
        'Everybody on a board reads through this one connection. Private repositories stay off until an admin turns them on under Resources.',
        'Press @ on a board, or paste a link: repositories, folders, files and pull requests become cards.',
        'Begin with code: to search in files. A search inside one repository can stay on a board as a card.',
      ],
    },
  },
}
