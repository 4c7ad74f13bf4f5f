import 'server-only'
import { bitbucket } from './bitbucket/provider.ts'
import { confluence } from './confluence/provider.ts'
import type { Provider } from './define.ts'
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

/** Every provider, in display order. */
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

/** A provider by its id; null for any other. */
export const findProvider = (id: string): Provider | null => providers.find((provider) => provider.id === id) ?? null
