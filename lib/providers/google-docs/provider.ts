import type { Provider } from '#lib/providers/define.ts'
import { documentSearch } from './document-search.ts'
import { documents } from './documents.ts'
import { budget, failure } from './failure.ts'
import { identify } from './identify.ts'
import { oauth } from './oauth.ts'

export const googleDocs: Provider = {
  id: 'google-docs',
  name: 'Google Docs',
  category: 'Documentation',
  slots: ['user'],
  before: [
    'A Google account that can open your team’s documents.',
    'If your company uses Google Workspace: its admin lets people use apps from outside with Drive.',
    'If the app of this server is still in testing at Google: whoever runs the server adds your address to its test users.',
  ],
  provides: [
    { what: 'Documents: title, beginning, who changed them last', lane: 'live' },
    { what: 'Document search', lane: 'live' },
  ],
  origins: {
    accounts: 'https://accounts.google.com',
    oauth: 'https://oauth2.googleapis.com',
    api: 'https://www.googleapis.com',
    docs: 'https://docs.googleapis.com',
  },
  hosts: ['*.google.com'], // its pages are at docs.google.com and drive.google.com
  // accounts.google.com/.well-known/openid-configuration
  endpoints: ({ accounts = '', oauth: tokens, api = '', docs = '' }) => ({
    api,
    elsewhere: docs,
    authorize: `${accounts}/o/oauth2/v2/auth`,
    token: `${tokens}/token`,
    revoke: `${tokens}/revoke`,
    issuer: accounts,
  }),
  auth: [oauth],
  remedies: {
    no_refresh_token:
      'Google gave access for an hour only, since this account allowed Plugboard before. Remove Plugboard at myaccount.google.com/permissions, then connect again.',
    refresh_refused:
      'Google ends the access of an app that is still in testing seven days after it was given. If that was a week ago, connecting again gives seven days more; it stays once whoever runs this server publishes the app at Google.',
    api_off:
      'The Google Drive API or the Google Docs API is off in this server’s Google Cloud project. Ask whoever runs the server to enable both.',
    domain_policy: 'Your Google Workspace domain doesn’t let apps open Drive. Ask its admin to allow Plugboard.',
  },
  identify,
  readers: [documents, documentSearch],
  failure,
  budget,
  leave: {
    revoke: 'rfc7009',
    by: 'https://myaccount.google.com/permissions',
    steps: [
      'Open myaccount.google.com/permissions with the Google account that was connected.',
      'Choose Plugboard in the list of apps with access to your account.',
      'Choose Remove all access. That ends everything that this account allowed Plugboard.',
    ],
  },
  guide: {
    connect: [
      'Choose your Google account, the one that opens your team’s documents. Sign in if Google asks you to.',
      'If Google says that it hasn’t verified this app, the server’s app is not reviewed yet. Go on only if you trust whoever runs this server.',
      'Google shows a box for each permission. Tick the one for Drive: without it no document can be opened.',
      'Choose Continue.',
    ],
    more: {
      title: 'Working day to day',
      lines: [
        'Press @ on a board and choose Google Docs: your documents come first, the last changed at the top.',
        'A link to a document becomes a card when you paste it. Each person reads it with their own account.',
        'Titles are searched as you type. To search what documents say, choose Document search.',
        'Plugboard asks Google for a new token every hour. It reads documents and changes nothing.',
        'Google ends the access of an app that is still in testing after seven days. Connecting again gives seven more; it stays once whoever runs this server publishes the app at Google.',
      ],
    },
  },
}
