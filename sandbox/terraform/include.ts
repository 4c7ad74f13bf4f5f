import type { Call } from '#sandbox/http.ts'
import type { Context } from './access.ts'
import { shownUser } from './account.ts'
import { Refusal } from './refusal.ts'
import { shownApply, shownPlan, shownRun } from './run-shapes.ts'
import type { Run, Workspace } from './state.ts'
import { currentRunOf, shownWorkspace } from './workspace-shapes.ts'

type Page = { workspaces?: readonly Workspace[]; runs?: readonly Run[] }
type Document = { id: string; type: string }

// Known names without anything here to include.
const EMPTY = {
  runs: ['cost_estimate', 'configuration_version', 'configuration_version.ingress_attributes'],
  workspaces: ['organization', 'project', 'locked_by', 'readme', 'outputs', 'current_configuration_version'],
}

function related(context: Context, name: string, { workspaces, runs }: Page): Document[] | null {
  const { state } = context
  const known = workspaces ? EMPTY.workspaces : EMPTY.runs
  if (known.includes(name)) return []
  if (runs && name === 'plan') return runs.map((run) => shownPlan(state, run))
  if (runs && name === 'apply') return runs.map((run) => shownApply(state, run))
  if (runs && name === 'created_by') {
    const own = state.users.filter(
      ({ username, host }) => host === context.host && runs.some(({ by }) => by === username),
    )
    return own.map((user) => shownUser(user, false))
  }
  if (runs && name === 'workspace') {
    const own = state.workspaces.filter(({ id }) => runs.some(({ workspace }) => workspace === id))
    return own.map((one) => shownWorkspace(context, one))
  }
  if (workspaces && name === 'current_run') {
    if (context.caller.token.kind === 'organization') return []
    return workspaces.flatMap((one) => currentRunOf(state, one) ?? []).map((run) => shownRun(context, run))
  }
  return null
}

/** What `include` asks for about the things of a page; a name that is none of theirs is a 400 (jsonapi.org/format/#fetching-includes). */
export function included(call: Call, context: Context, page: Page): { included?: Document[] } {
  const names = (call.query.get('include') ?? '').split(',').filter((name) => name !== '')
  if (names.length === 0) return {}
  return {
    included: names.flatMap((name) => {
      const found = related(context, name, page)
      if (!found) throw new Refusal(400, 'bad request', { detail: `${name} is not a valid include` })
      return found
    }),
  }
}
