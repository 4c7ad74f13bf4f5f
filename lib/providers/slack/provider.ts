import type { Provider } from '#lib/providers/define.ts'
import { channels, join } from './channels.ts'
import { budget, failure } from './failure.ts'
import { identify } from './identify.ts'
import { revoke } from './leave.ts'
import { messages } from './messages.ts'
import { oauth } from './oauth.ts'

export const slack: Provider = {
  id: 'slack',
  name: 'Slack',
  category: 'Communication',
  slots: ['organization'],
  before: [
    'Admin rights in the Slack workspace, or a workspace that lets its members install apps.',
    'You may install third-party apps in that workspace.',
    'For private channels: you may invite Plugboard there.',
  ],
  provides: [
    { what: 'Channels', lane: 'synced' },
    { what: 'Message history', lane: 'live' },
    { what: 'Threads', lane: 'live' },
    { what: 'Message search', lane: 'live' },
  ],
  origins: { web: 'https://slack.com' },
  hosts: ['*.slack.com'],
  endpoints: ({ web }) => ({
    api: `${web}/api`,
    authorize: `${web}/oauth/v2/authorize`,
    token: `${web}/api/oauth.v2.access`,
  }),
  auth: [oauth],
  options: [
    {
      id: 'message_search',
      label: 'Message search',
      hint: 'Slack searches as the person who connects, in everything they can read there. Only results in channels that are available on boards are shown.',
    },
  ],
  sharing: {
    kind: 'channel',
    audience: (name) => `read messages from ${name}, even if they aren't in the channel.`,
    none: 'Slack shows no channels. Public channels appear here; private ones after `/invite @Plugboard`.',
    turnedOn: join,
  },
  remedies: {
    invite:
      'Plugboard isn’t in this channel. Type `/invite @Plugboard` there, or ask an admin to turn the channel on again.',
    archived: 'This channel is archived at Slack.',
  },
  identify,
  readers: [channels, messages],
  failure,
  budget,
  leave: {
    revoke,
    by: 'https://slack.com/apps/manage',
    steps: [
      'Open slack.com/apps/manage (Settings & administration, Manage apps).',
      'Find Plugboard.',
      'Choose Remove App.',
    ],
  },
  guide: {
    connect: [
      'If you are in several workspaces, choose the one of your engineering team at the top of Slack’s page.',
      'Slack lists what Plugboard may see and what its bot may do. Choose Allow.',
    ],
    more: {
      title: 'Choose the channels',
      lines: [
        'An admin turns on which channels may stand on boards. Plugboard joins a public one when it is turned on.',
        'In each private channel that is to be there, type /invite @Plugboard.',
        'Turn on the channels a team works in, such as #proj-backend or #proj-incidents. Leave the social ones out.',
      ],
    },
  },
}
