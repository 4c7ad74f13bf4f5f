import type { Endpoints, Origins, Provider } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import { failure, remedies } from './failure.ts'
import { highlights } from './highlights.ts'
import { origins, ownBase } from './hosts.ts'
import { identify } from './identify.ts'
import { appOf } from './ids.ts'
import { projects } from './projects.ts'
import { secret } from './secret.ts'
import { sessions } from './sessions.ts'

/** Everything lives under the project, whose organization and name are a segment each. */
function endpoints({ api = '', app: web = '' }: Origins, config: Config): Endpoints {
  const { org, project } = appOf(config.app ?? '') ?? { org: '', project: '' }
  const path = `/v1/orgs/${encodeURIComponent(org)}/apps/${encodeURIComponent(project)}`
  const own = ownBase(config)
  return { api: `${own || api}${path}`, web: own ? '' : web }
}

export const logrocket: Provider = {
  id: 'logrocket',
  name: 'LogRocket',
  category: 'Observability',
  slots: ['organization'],
  before: [
    'A LogRocket role that may create API keys in the project’s settings.',
    'The App ID of the project, such as acme/web. A key opens one project.',
    'A plan with the audit log: it is what tells which sessions were viewed.',
  ],
  provides: [
    { what: 'Recently viewed sessions, with links to their replays', lane: 'live' },
    { what: 'Highlights of a user’s sessions, written by LogRocket’s AI when somebody asks for them', lane: 'live' },
  ],
  lacks: [
    'No list of all sessions, and no search among them: LogRocket has no API for either.',
    'No errors, issues or metrics, and no length of a session, for the same reason.',
    'A session is replayed at LogRocket, and only by people who may sign in there.',
  ],
  origins,
  endpoints,
  auth: [secret],
  sharing: { kind: 'project', none: 'No project. Connect LogRocket again with the App ID of one.' },
  sign: (headers, { token }) => headers.set('authorization', `token ${token}`),
  identify,
  readers: [projects, { ...sessions, report: highlights }],
  remedies,
  failure,
  pace: 1000, // no limit is documented
  leave: {
    revoke: 'none', // LogRocket has no call for it
    by: 'https://app.logrocket.com/r/settings/general',
    steps: [
      'Open the settings of the project in LogRocket.',
      'Choose API Keys.',
      'Delete the key that was made for Plugboard.',
    ],
  },
  guide: {
    more: {
      title: 'What there is and what there is not',
      lines: [
        'LogRocket tells which sessions people of your organization viewed: for the last 30 days Plugboard lists them, with who viewed each last.',
        'There is no list of all sessions and no search, whatever else is said: LogRocket has no API for either. Paste the link of any replay to put it on a board.',
        'Errors, issues, metrics and the length of a session are seen at LogRocket alone.',
      ],
    },
  },
}
