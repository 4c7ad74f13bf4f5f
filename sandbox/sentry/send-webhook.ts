import { createHmac, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { parsed } from './control-input.ts'
import { baseIssue } from './issue-shapes.ts'
import { organizationPage } from './organization-shapes.ts'
import { type Integration, type Issue, issueOf, ORIGIN, type State } from './state.ts'

/**
 * What to send to the app's address for `subscription`, signed with `secret` or the integration's own.
 * forged: signed with another secret · unsigned: no signature · repeated: twice the same · replayed: the same bytes
 * under a new Request-ID · late: stamped an hour ago.
 */
const Webhook = z.strictObject({
  subscription: z.string().regex(/^[\w-]+$/),
  organization: z.string().default('acme'),
  integration: z.string().optional(),
  resource: z.string().default('issue'),
  action: z.string().default('created'),
  issue: z.string().optional(),
  mode: z.enum(['signed', 'forged', 'unsigned', 'repeated', 'replayed', 'late']).default('signed'),
  secret: z.string().optional(),
  payload: z.record(z.string(), z.unknown()).optional(),
})
type Sent = { requestId: string; status: number; response: string }

// Sentry waits this long by default (docs.sentry.io/integrations/integration-platform/webhooks).
const TIMEOUT_MS = 1000

/** POST /__sandbox/webhooks/sentry; answers what the app said to each delivery. */
export async function sendWebhook(state: State, input: unknown): Promise<unknown> {
  const wanted = parsed(Webhook, input)
  const { mode, resource } = wanted
  const integration = state.integrations.find(
    ({ slug, organization }) => (wanted.integration ?? slug) === slug && organization === wanted.organization,
  )
  if (!integration) throw new Refused(`no integration ${wanted.integration ?? ''} in ${wanted.organization}`)
  const secret = wanted.secret ?? integration.clientSecret
  const url = `${state.world.appUrl}/api/webhooks/sentry/${wanted.subscription}`
  const body = JSON.stringify(wanted.payload ?? payloadOf(state, integration, wanted))
  const at = state.world.clock.now() - (mode === 'late' ? 3_600_000 : 0)
  const key = mode === 'unsigned' ? null : mode === 'forged' ? `not ${secret}` : secret
  const first = await deliver(url, { body, resource, at, key, requestId: randomUUID() })
  if (mode !== 'repeated' && mode !== 'replayed') return { deliveries: [first] }
  const requestId = mode === 'repeated' ? first.requestId : randomUUID()
  return { deliveries: [first, await deliver(url, { body, resource, at, key, requestId })] }
}

function payloadOf(state: State, integration: Integration, wanted: z.infer<typeof Webhook>) {
  const { action, resource, organization } = wanted
  const about = {
    action,
    actor: { type: 'application', id: 'sentry', name: 'Sentry' },
    installation: { uuid: integration.installation },
  }
  if (resource !== 'issue') {
    const status = action === 'deleted' ? 'pending_deletion' : 'installed'
    const installation = { uuid: integration.installation, status, app: { slug: integration.slug } }
    return { ...about, data: resource === 'installation' ? { installation } : {} }
  }
  const issue =
    wanted.issue === undefined
      ? state.issues.find((one) => one.organization === organization)
      : issueOf(state, organization, wanted.issue)
  if (!issue) throw new Refused(`no issue ${wanted.issue ?? ''} in ${organization}`)
  return { ...about, data: { issue: sentIssue(state, issue) } }
}

/** In a webhook the permalink is empty, and three addresses take its place. */
function sentIssue(state: State, issue: Issue) {
  const page = organizationPage(state, issue.organization)
  const base = baseIssue(state, issue)
  return {
    ...base,
    permalink: null,
    url: `${state.world.url}${ORIGIN}/api/0/organizations/${issue.organization}/issues/${issue.id}/`,
    web_url: `${page}/issues/${issue.id}/`,
    project_url: `${page}/issues/?project=${base.project.id}`,
  }
}

async function deliver(
  url: string,
  {
    body,
    resource,
    at,
    key,
    requestId,
  }: { body: string; resource: string; at: number; key: string | null; requestId: string },
): Promise<Sent> {
  const signature = key === null ? null : createHmac('sha256', key).update(body).digest('hex')
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'content-type': 'application/json',
        'request-id': requestId,
        'sentry-hook-resource': resource,
        'sentry-hook-timestamp': String(Math.floor(at / 1000)),
        ...(signature !== null && { 'sentry-hook-signature': signature }),
      },
    })
    return { requestId, status: answer.status, response: await answer.text() }
  } catch {
    return { requestId, status: 0, response: '' }
  }
}
