import { ProviderFailure } from '#lib/providers/api.ts'
import type { Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { changesOf, readRun, type WholeRun } from './run-shape.ts'
import { placeOf, runUrl, titleOf } from './runs.ts'
import { inWorkspace } from './workspaces.ts'

/**
 * What a run's plan would do, as numbers. Its log and its JSON hold the values of what it changes, so neither is asked for
 * (developer.hashicorp.com/terraform/cloud-docs/api-docs/plans).
 */
async function toResource(api: Api, whole: WholeRun): Promise<Resource> {
  const { run, plan, body } = whole
  if (!plan) throw new ProviderFailure('not_found')
  const { attributes } = plan
  const workspace = await placeOf(api, whole)
  return {
    kind: 'plan',
    id: run.id,
    title: `Plan: ${titleOf(run)}`,
    url: runUrl(api, run, workspace),
    ...inWorkspace(workspace),
    parent: run.id,
    updatedAt: attributes['status-timestamps']?.['finished-at'] ?? run.attributes['created-at'] ?? undefined,
    body: {
      state: attributes.status,
      isDestroy: body.isDestroy,
      isPlanOnly: body.isPlanOnly,
      author: body.author,
      ...changesOf(plan),
    },
  }
}

/** A plan has the id of its run: it has no list and no page of its own. */
export const plans: Reader = {
  kind: 'plan',
  name: 'Plan',
  looks: 'run',
  list: async (api, { parent }) => ({
    items: parent === undefined ? [] : [await toResource(api, await readRun(api, parent))],
  }),
  read: async (api, id) => toResource(api, await readRun(api, id)),
}
