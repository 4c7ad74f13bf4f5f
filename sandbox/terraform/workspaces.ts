import type { Call } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, levelOf, readableOrganization, workspaceFor } from './access.ts'
import { included } from './include.ts'
import { listed } from './paging.ts'
import { document, notFound } from './refusal.ts'
import type { Workspace } from './state.ts'
import { changedAt, currentRunOf, shownWorkspace } from './workspace-shapes.ts'

type Endpoint = Handler<Context>

const wordsOf = (text: string | null): string[] => (text ?? '').split(',').filter((word) => word !== '')

// `*` at the beginning, at the end, or both.
function isLike(name: string, pattern: string): boolean {
  const middle = pattern.replace(/^\*|\*$/g, '')
  if (pattern.startsWith('*') && pattern.endsWith('*')) return name.includes(middle)
  if (pattern.startsWith('*')) return name.endsWith(middle)
  return pattern.endsWith('*') ? name.startsWith(middle) : name === pattern
}

function isWanted(call: Call, context: Context, workspace: Workspace): boolean {
  const { name, tags, project } = workspace
  const wanted = (key: string) => call.query.get(key) || null
  const [fuzzy, pattern] = [wanted('search[name]'), wanted('search[wildcard-name]')]
  const [inProject, status] = [wanted('filter[project][id]'), wanted('filter[current-run][status]')]
  return (
    (fuzzy === null || name.toLowerCase().includes(fuzzy.toLowerCase())) &&
    (pattern === null || isLike(name, pattern)) &&
    wordsOf(wanted('search[tags]')).every((tag) => tags.includes(tag)) &&
    !wordsOf(wanted('search[exclude-tags]')).some((tag) => tags.includes(tag)) &&
    (inProject === null || project === inProject) &&
    (status === null || wordsOf(status).includes(currentRunOf(context.state, workspace)?.status ?? ''))
  )
}

function sorted(call: Call, { state }: Context, workspaces: Workspace[]): Workspace[] {
  const sort = call.query.get('sort') ?? 'name'
  const [key, turn] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1]
  const byName = workspaces.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (key === 'latest-change-at') return byName.toSorted((a, b) => turn * (changedAt(state, a) - changedAt(state, b)))
  if (key === 'current-run.created-at') {
    const at = (one: Workspace) => currentRunOf(state, one)?.createdAt ?? 0
    return byName.toSorted((a, b) => turn * (at(a) - at(b)))
  }
  return turn < 0 ? byName.toReversed() : byName
}

/** GET /organizations/{org}/workspaces: those that this token may do anything with. */
export const listWorkspaces: Endpoint = (call, { org = '' }, context) => {
  const organization = readableOrganization(context, org)
  const found = context.state.workspaces
    .filter((one) => one.organization === organization.name && levelOf(context, one) !== null)
    .filter((one) => isWanted(call, context, one))
  return listed(
    call,
    context.state,
    sorted(call, context, found),
    (one) => shownWorkspace(context, one),
    {},
    (page) => included(call, context, { workspaces: page }),
  )
}

const shown = (call: Call, context: Context, workspace: Workspace) =>
  document(200, {
    data: shownWorkspace(context, workspace),
    ...included(call, context, { workspaces: [workspace] }),
  })

/** GET /workspaces/{workspace} */
export const showWorkspace: Endpoint = (call, { workspace = '' }, context) =>
  shown(call, context, workspaceFor(context, workspace))

/** GET /organizations/{org}/workspaces/{name} */
export const showNamedWorkspace: Endpoint = (call, { org, name }, context) => {
  const found = context.state.workspaces.find((one) => one.organization === org && one.name === name)
  if (!found) throw notFound()
  return shown(call, context, workspaceFor(context, found.id))
}
