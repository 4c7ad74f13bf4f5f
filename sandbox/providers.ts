import { bitbucket } from '#sandbox/bitbucket/provider.ts'
import { confluence } from '#sandbox/confluence/provider.ts'
import { github } from '#sandbox/github/provider.ts'
import { googleDocs } from '#sandbox/google-docs/provider.ts'
import { intercom } from '#sandbox/intercom/provider.ts'
import { jira } from '#sandbox/jira/provider.ts'
import { logrocket } from '#sandbox/logrocket/provider.ts'
import { notion } from '#sandbox/notion/provider.ts'
import { openrouter } from '#sandbox/openrouter/provider.ts'
import { sentry } from '#sandbox/sentry/provider.ts'
import { slack } from '#sandbox/slack/provider.ts'
import { terraform } from '#sandbox/terraform/provider.ts'
import { zoom } from '#sandbox/zoom/provider.ts'
import type { SandboxProvider, World } from './provider.ts'

/** The simulated providers. A new one is one line here and one file (or folder) beside it. */
export const providers: readonly ((world: World) => SandboxProvider)[] = [
  github,
  jira,
  confluence,
  slack,
  sentry,
  openrouter,
  notion,
  googleDocs,
  terraform,
  bitbucket,
  zoom,
  intercom,
  logrocket,
]
