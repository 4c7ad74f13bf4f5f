import { type Answer, type Call, json } from '#sandbox/http.ts'
import type { Params } from '#sandbox/route.ts'
import { POINTS } from './fields.ts'
import { STATUSES } from './issue-parts.ts'
import { bounds, listIn, pageOf } from './paging.ts'
import { failure } from './refusal.ts'
import { projectShape, rest } from './shapes.ts'
import {
  type Board,
  type JiraContext,
  type Project,
  projectOf,
  type Sprint,
  sprintsOf,
  visibleProjects,
} from './state.ts'

const PAGE = { usual: 50, largest: 50 }

const agile = ({ caller }: JiraContext, path: string): string => `${caller.self}/rest/agile/1.0/${path}`

/** The boards that the caller sees: those of projects they may browse. */
function visibleBoards(context: JiraContext): { board: Board; project: Project }[] {
  const projects = visibleProjects(context).filter(({ isArchived }) => !isArchived)
  return context.data.boards
    .filter(({ site }) => site === context.caller.site.name)
    .flatMap((board) => {
      const project = projects.find(({ key }) => key === board.project)
      return project ? [{ board, project }] : []
    })
}

function boardShape(context: JiraContext, { board, project }: { board: Board; project: Project }) {
  const { id, name, type } = board
  const avatarURI = projectShape(context, project).avatarUrls['24x24']
  return {
    id,
    self: agile(context, `board/${id}`),
    name,
    type,
    location: {
      projectId: Number(project.id),
      displayName: `${project.name} (${project.key})`,
      projectName: project.name,
      projectKey: project.key,
      projectTypeKey: 'software',
      avatarURI,
      name: `${project.name} (${project.key})`,
    },
    isPrivate: false,
  }
}

/** GET /rest/agile/1.0/board */
export function listBoards(call: Call, _params: Params, context: JiraContext): Answer {
  const types = listIn(call, 'type')
  const name = (call.query.get('name') ?? '').toLowerCase()
  const key = call.query.get('projectKeyOrId')
  const project = key === null ? null : projectOf(context, key)
  if (project === undefined) throw failure(404, `No project could be found with key or id '${key}'.`)
  const found = visibleBoards(context).filter(
    ({ board }) =>
      (types.length === 0 || types.includes(board.type)) &&
      board.name.toLowerCase().includes(name) &&
      (project === null || board.project === project.key),
  )
  const page = pageOf(found, bounds(call, PAGE))
  context.spend(page.values.length)
  return json(200, { ...page, values: page.values.map((one) => boardShape(context, one)) })
}

/** The board that the path names; the same 404 for none and one that may not be seen. */
export function boardIn(context: JiraContext, { board: id = '' }: Params): { board: Board; project: Project } {
  const found = visibleBoards(context).find(({ board }) => String(board.id) === id)
  if (found) return found
  throw failure(
    404,
    'The requested board cannot be viewed because it either does not exist or you do not have permission to view it.',
  )
}

/** GET /rest/agile/1.0/board/{id} */
export function showBoard(_call: Call, params: Params, context: JiraContext): Answer {
  const found = boardIn(context, params)
  context.spend(1)
  return json(200, boardShape(context, found))
}

/** GET /rest/agile/1.0/board/{id}/configuration: its columns, and the field that holds the points. */
export function showConfiguration(_call: Call, params: Params, context: JiraContext): Answer {
  const { board, project } = boardIn(context, params)
  const { id, key, name } = project
  const columns = Object.entries(STATUSES).map(([status, about]) => ({
    name: status,
    statuses: [{ id: about.id, self: rest(context, `status/${about.id}`) }],
  }))
  const filter = String(10_200 + board.id)
  return json(200, {
    id: board.id,
    name: board.name,
    type: board.type,
    self: agile(context, `board/${board.id}/configuration`),
    location: { type: 'project', key, id, self: rest(context, `project/${id}`), name },
    filter: { id: filter, self: rest(context, `filter/${filter}`) },
    columnConfig: { columns, constraintType: 'issueCount' },
    ...(board.type === 'scrum' && {
      estimation: { type: 'field', field: { fieldId: POINTS, displayName: 'Story Points' } },
    }),
    ranking: { rankCustomFieldId: 10_019 },
  })
}

/** GET /rest/agile/1.0/board/{id}/project */
export function listBoardProjects(call: Call, params: Params, context: JiraContext): Answer {
  const { project } = boardIn(context, params)
  const page = pageOf([project], bounds(call, PAGE))
  context.spend(page.values.length)
  return json(200, { ...page, values: page.values.map((one) => projectShape(context, one)) })
}

function sprintShape(context: JiraContext, sprint: Sprint) {
  const { id, state, name, startDate, endDate, completeDate, board, goal } = sprint
  return {
    id,
    self: agile(context, `sprint/${id}`),
    state,
    name,
    ...(startDate !== null && { startDate, endDate }),
    ...(completeDate !== null && { completeDate }),
    originBoardId: board,
    goal,
  }
}

/** GET /rest/agile/1.0/board/{id}/sprint */
export function listSprints(call: Call, params: Params, context: JiraContext): Answer {
  const { board } = boardIn(context, params)
  if (board.type !== 'scrum') throw failure(400, 'The board does not support sprints')
  const states = listIn(call, 'state')
  const wrong = states.find((state) => !['active', 'future', 'closed'].includes(state))
  if (wrong !== undefined) throw failure(400, `'${wrong}' is not a valid state of a sprint.`)
  const all = sprintsOf(context).filter((one) => one.board === board.id)
  const found = ['closed', 'active', 'future'].flatMap((state) =>
    states.length === 0 || states.includes(state) ? all.filter((one) => one.state === state) : [],
  )
  const page = pageOf(found, bounds(call, PAGE))
  context.spend(page.values.length)
  return json(200, { ...page, values: page.values.map((one) => sprintShape(context, one)) })
}

/** The sprint that the path names, on a board that the caller sees. */
export function sprintIn(context: JiraContext, { sprint: id = '' }: Params): Sprint {
  const seen = visibleBoards(context).map(({ board }) => board.id)
  const found = sprintsOf(context).find((one) => String(one.id) === id && seen.includes(one.board))
  if (found) return found
  throw failure(404, 'Sprint does not exist or you do not have permission to view it.')
}

/** GET /rest/agile/1.0/sprint/{id} */
export function showSprint(_call: Call, params: Params, context: JiraContext): Answer {
  return json(200, sprintShape(context, sprintIn(context, params)))
}
