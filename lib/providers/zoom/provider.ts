import type { Provider } from '#lib/providers/define.ts'
import { budget, failure, limit, remedies } from './failure.ts'
import { endpoints } from './hosts.ts'
import { identify } from './identify.ts'
import { revoke } from './leave.ts'
import { meetings } from './meetings.ts'
import { oauth } from './oauth.ts'
import { readPlan } from './plan.ts'
import { recordings } from './recordings.ts'

export const zoom: Provider = {
  id: 'zoom',
  name: 'Zoom',
  category: 'Communication',
  slots: ['organization'],
  before: [
    'A Zoom account, on any plan. Recordings and transcripts need Pro or higher.',
    'An account that hosts the meetings your team wants to see: Zoom shows no one else’s.',
    'Nothing else connected with the same Zoom account: a newer authorization ends the older one, also one of another organization.',
    'A Zoom admin who approved Plugboard, where your company asks for that.',
  ],
  provides: [
    { what: 'Meetings: topic, time and length, who came', lane: 'live' },
    { what: 'Cloud recordings and transcripts, as links', lane: 'live' },
  ],
  origins: { web: 'https://zoom.us', api: 'https://api.zoom.us' },
  hosts: ['*.zoom.us'],
  endpoints,
  auth: [oauth],
  sharing: {
    kind: 'meeting',
    own: 'meetings',
    audience: (name) => `see when “${name}” takes place, who came, and where its recordings are`,
    none: 'Zoom shows no meetings of the person who connected it. What they schedule appears here.',
  },
  remedies,
  identify,
  plan: { read: readPlan, unread: 'Recordings may be missing.' },
  readers: [meetings, recordings],
  failure,
  budget,
  limit,
  leave: {
    revoke,
    by: 'https://marketplace.zoom.us/user/installed',
    steps: [
      'Open marketplace.zoom.us/user/installed as the person who connected it.',
      'Find Plugboard under Added Apps.',
      'Choose Remove, or Uninstall, and confirm.',
    ],
  },
  guide: {
    connect: [
      'Sign in at Zoom with the account that hosts the meetings.',
      'Look at what Plugboard will see and choose Allow.',
      'If Zoom says that an admin has to approve the app, ask them: Zoom does not send you back until then.',
    ],
    more: {
      title: 'What your plan gives',
      lines: [
        'After connecting, Plugboard reads your Zoom plan and tells what it includes. Nothing has to be set up for that.',
        'A free plan works: meetings are shown with their topic and time. Recordings and transcripts need Pro or higher, and cloud recording switched on in Zoom.',
        'No meeting is available on boards until an admin allows it: Integrations, Zoom, Resources. Its recordings come with it, as links; Zoom asks who opens them.',
        'Connecting the same Zoom account again, also for another organization, ends this connection. It can be reconnected, which ends the other.',
      ],
    },
  },
}
