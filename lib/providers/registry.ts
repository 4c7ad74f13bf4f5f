import 'server-only'
import { bitbucket } from './bitbucket/provider.ts'
import { confluence } from './confluence/provider.ts'
import type { Provider } from './define.ts'
import type { Slot } from './define-auth.ts'
import { github } from './github/provider.ts'
import { googleDocs } from './google-docs/provider.ts'
import { intercom } from './intercom/provider.ts'
import { jira } from './jira/provider.ts'
import { logrocket } from './logrocket/provider.ts'
import { notion } from './notion/provider.ts'
import { openrouter } from './openrouter/provider.ts'
import { sentry } from './sentry/provider.ts'
import { slack } from './slack/provider.ts'
import { terraform } from './terraform/provider.ts'
import { zoom } from './zoom/provider.ts'

/** The providers that are built, in display order. */
export const providers: readonly Provider[] = [
  github,
  jira,
  confluence,
  googleDocs,
  notion,
  slack,
  intercom,
  sentry,
  logrocket,
  openrouter,
  terraform,
  zoom,
  bitbucket,
]

/** A provider that is built, by its id; null for any other. */
export const findProvider = (id: string): Provider | null => providers.find((provider) => provider.id === id) ?? null

/** What is shown of a provider before anything is known of a connection. */
export type CatalogueEntry = Pick<Provider, 'id' | 'name' | 'category'> & { slots: readonly Slot[] }

const both: readonly Slot[] = ['organization', 'user']
const shared: readonly Slot[] = ['organization']
const own: readonly Slot[] = ['user']

/** Every provider of the product in display order; those that `providers` lacks are listed as not built. */
export const catalogue: readonly CatalogueEntry[] = [
  { id: 'github', name: 'GitHub', category: 'Code repository', slots: both },
  { id: 'jira', name: 'Jira', category: 'Project management', slots: both },
  { id: 'confluence', name: 'Confluence', category: 'Documentation', slots: both },
  { id: 'google-docs', name: 'Google Docs', category: 'Documentation', slots: own },
  { id: 'notion', name: 'Notion', category: 'Documentation', slots: shared },
  { id: 'slack', name: 'Slack', category: 'Communication', slots: shared },
  { id: 'intercom', name: 'Intercom', category: 'Customer support', slots: shared },
  { id: 'sentry', name: 'Sentry', category: 'Observability', slots: shared },
  { id: 'logrocket', name: 'LogRocket', category: 'Observability', slots: shared },
  { id: 'openrouter', name: 'OpenRouter', category: 'LLM provider', slots: shared },
  { id: 'terraform', name: 'Terraform', category: 'Infrastructure', slots: shared },
  { id: 'zoom', name: 'Zoom', category: 'Communication', slots: shared },
  { id: 'bitbucket', name: 'Bitbucket', category: 'Code repository', slots: shared },
]
