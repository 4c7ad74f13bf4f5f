import type { Config } from '#lib/providers/define-api.ts'
import type { Field, Secret } from '#lib/providers/define-auth.ts'
import { origins, ownBase } from './hosts.ts'
import { appOf } from './ids.ts'

/** The address that was pasted for an App ID; null for what is none. */
function addressIn(text: string): URL | null {
  if (/^[a-z]+:\/\//i.test(text)) return URL.parse(text)
  return /^app\.logrocket\.com\//i.test(text) ? URL.parse(`https://${text}`) : null
}

/** `acme/web`, or an address of the dashboard that begins with both. */
function cleanApp(text: string): string | null {
  const url = addressIn(text)
  const [org = '', project = '', ...rest] = (url?.pathname ?? text.trim())
    .split('/')
    .filter((segment) => segment !== '')
  const app = rest.length === 0 || url ? appOf(`${org}/${project}`) : null
  return app && `${app.org}/${app.project}`
}

function cleanBase(text: string): string | null {
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || !/[.:]/.test(url.host)) return null
  return url.pathname.replace(/\/+$/, '') === '' || url.pathname === '/v1'
    ? url.origin
    : `${url.origin}${url.pathname.replace(/\/(?:v1\/?)?$/, '')}`
}

const fields: readonly Field[] = [
  {
    name: 'app',
    label: 'App ID',
    placeholder: 'acme/web',
    hint: 'Organization and project, as in Settings, Project Settings. An address at app.logrocket.com may be pasted too.',
    clean: cleanApp,
    wrong: 'Enter both parts of the App ID, like acme/web, or paste an address at app.logrocket.com.',
  },
  { name: 'key', label: 'API key', secret: true, placeholder: 'acme:web:…', hint: 'A key is of one project.' },
  {
    name: 'baseUrl',
    label: 'API address',
    optional: true,
    advanced: true,
    address: true,
    placeholder: 'https://api.logrocket.com',
    hint: 'Only for a LogRocket of your own (Private Cloud). Replay links are not known there.',
    clean: cleanBase,
    wrong: 'Enter an address, like https://api.logrocket.example.com.',
  },
]

/**
 * The App ID once more is no key; of keys themselves no form is documented. And no key goes to another LogRocket than the
 * address is of that was pasted: whose dashboard has which API of its own nothing tells.
 */
function refuse({ app = '', key = '', baseUrl }: Config, typed: Config): { field: string; detail: string } | null {
  if (key === app)
    return { field: 'key', detail: 'This is an App ID, which opens nothing. Create an API key and paste that.' }
  const pasted = addressIn(typed.app ?? '')
  const own = ownBase(baseUrl === undefined ? {} : { baseUrl })
  if (!pasted || (pasted.host === new URL(origins.app).host && own === '')) return null
  const detail = `This address is at ${pasted.host}, and the key would go to ${new URL(own || origins.api).host}. Enter the App ID alone, like acme/web; the API address of a LogRocket of your own is under Advanced.`
  return { field: 'app', detail }
}

export const secret: Secret = {
  type: 'api_key',
  noun: 'key',
  // LogRocket leads on to the settings of whoever is signed in there
  makeAt: 'https://app.logrocket.com/r/settings/general',
  makeLabel: 'Create an API key in LogRocket',
  fields,
  scopes: [],
  refuse,
  refused: {
    permission: ({ app }) =>
      `LogRocket lets this key see nothing of ${app}. If it is of another project, create one in ${app}, under Settings, API Keys; if it is not, the plan has neither the audit log nor Data Export.`,
    plan: ({ app }) =>
      `The plan of ${app} has neither the audit log nor Data Export, so there is nothing to show. Ask LogRocket for a plan with the audit log.`,
    unknown: ({ app }) =>
      `LogRocket knows no project ${app}, or its plan has neither the audit log nor Data Export. Check the App ID under Settings, Project Settings.`,
  },
  checks: [],
  grant: ({ app = '', key = '', baseUrl = '' }) => ({
    token: key,
    config: { app, ...(baseUrl === '' ? {} : { baseUrl }) },
  }),
}
