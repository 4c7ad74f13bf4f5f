import type { Config } from '#lib/providers/define-api.ts'
import type { Field, Secret } from '#lib/providers/define-auth.ts'
import { appOf } from './ids.ts'

/** `acme/web`, or an address of the dashboard that begins with both. */
function cleanApp(text: string): string | null {
  const typed = text.trim()
  const url = /^[a-z]+:\/\//i.test(typed) || /^app\.logrocket\.com\//i.test(typed)
  const path = url ? (URL.parse(typed.includes('://') ? typed : `https://${typed}`)?.pathname ?? '') : typed
  const [org = '', project = '', ...rest] = path.split('/').filter((segment) => segment !== '')
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
    hint: 'Organization and project, as in Settings, Project Settings. An address of your dashboard may be pasted too.',
    clean: cleanApp,
    wrong: 'Enter both parts of the App ID, like acme/web, or paste the address of your dashboard.',
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

/** What is no key by how it looks; of keys themselves no form is documented. */
function refuse({ app = '', key = '' }: Config): { field: string; detail: string } | null {
  if (key !== app && appOf(key) === null) return null
  return { field: 'key', detail: 'This is an App ID, which opens nothing. Create an API key and paste that.' }
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
      `This key is of another project than ${app}. Create one in ${app}, under Settings, API Keys.`,
    unknown: ({ app }) =>
      `LogRocket knows no project ${app}, or its plan has neither the audit log nor Data Export. Check the App ID under Settings, Project Settings.`,
  },
  checks: [],
  grant: ({ app = '', key = '', baseUrl = '' }) => ({
    token: key,
    config: { app, ...(baseUrl === '' ? {} : { baseUrl }) },
  }),
}
