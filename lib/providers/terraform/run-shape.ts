import type { Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { readRunId } from './ids.ts'
import { type Included, includedIn, Plan, Run, readOne, User, Workspace } from './shapes.ts'

/** What is asked for beside a run (developer.hashicorp.com/terraform/cloud-docs/api-docs/run#available-related-resources). */
export const BESIDE = { include: 'plan,created_by,workspace' }

/** How a run stands, with what came along. */
export type WholeRun = { run: Run; plan: Plan | undefined; workspace: Workspace | undefined; body: Body }
type Body = NonNullable<Resource['body']>

/** What a plan would do, in numbers; nothing while it is not known. */
export function changesOf(plan: Plan | undefined): Body {
  if (plan?.attributes.status !== 'finished') return {}
  const { attributes } = plan
  return {
    added: attributes['resource-additions'] ?? 0,
    changed: attributes['resource-changes'] ?? 0,
    destroyed: attributes['resource-destructions'] ?? 0,
    imported: attributes['resource-imports'] ?? 0,
  }
}

/** Who began it. Teams and organizations do so as users that nobody knows. */
function authorOf(user: User | undefined): string {
  if (!user) return ''
  return user.attributes['is-service-account'] ? 'an API token' : (user.attributes.username ?? '')
}

/** A run with what came along beside it. */
export function wholeRun(run: Run, included: Included): WholeRun {
  const { relationships, attributes } = run
  const plan = includedIn(included, relationships?.plan, Plan)
  return {
    run,
    plan,
    workspace: includedIn(included, relationships?.workspace, Workspace),
    body: {
      state: attributes.status,
      isWaiting: attributes.actions?.['is-confirmable'] ?? false,
      isDestroy: attributes['is-destroy'] ?? false,
      isPlanOnly: attributes['plan-only'] ?? false,
      author: authorOf(includedIn(included, relationships?.['created-by'], User)),
      ...changesOf(plan),
    },
  }
}

/** A run by its id. */
export async function readRun(api: Api, id: string): Promise<WholeRun> {
  const { data, included } = await readOne(api, `/runs/${readRunId(id)}`, Run, BESIDE)
  return wholeRun(data, included)
}
