import type { Caller } from '#sandbox/atlassian/access.ts'
import type { Context } from '#sandbox/atlassian/product.ts'

export type StatusName = 'To Do' | 'In Progress' | 'In Review' | 'Done'
export type TypeName = 'Epic' | 'Story' | 'Task' | 'Bug' | 'Sub-task'
export type PriorityName = 'Highest' | 'High' | 'Medium' | 'Low' | 'Lowest'

/** `members` are those who may browse it; null is everybody with Jira on the site. `isOpen` shows it to who is not signed in. */
export type Project = {
  id: string
  key: string
  formerKeys: string[]
  name: string
  description: string
  site: string
  lead: string
  members: string[] | null
  isOpen: boolean
  style: 'classic' | 'next-gen'
  category: string | null
  isArchived: boolean
}
export type Comment = { id: string; author: string; at: string; text: string }
/** People are e-mail addresses; `description` and comments are plain text with a blank line between paragraphs. */
export type Issue = {
  id: string
  key: string
  project: string
  site: string
  type: TypeName
  summary: string
  description: string
  status: StatusName
  priority: PriorityName
  assignee: string | null
  reporter: string
  labels: string[]
  points: number | null
  sprints: number[]
  parent: string | null
  links: { type: 'Blocks' | 'Relates'; to: string }[]
  createdAt: number
  updatedAt: number
  resolvedAt: number | null
  dueDate: string | null
  comments: Comment[]
}
export type Board = { id: number; name: string; type: 'scrum' | 'kanban' | 'simple'; site: string; project: string }
export type Sprint = {
  id: number
  site: string
  board: number
  name: string
  goal: string
  state: 'active' | 'closed' | 'future'
  startDate: string | null
  endDate: string | null
  completeDate: string | null
}

/** What the simulated Jira holds, of every site. */
export type Data = { projects: Project[]; issues: Issue[]; boards: Board[]; sprints: Sprint[]; nextId: number }
export type JiraContext = Context<Data>

/** Whether somebody may browse a project of the site they are on; nobody may, unless it is open to all. */
function mayBrowse({ site, account }: Caller, project: Project): boolean {
  if (project.site !== site.name) return false
  if (!account) return site.anonymous && project.isOpen
  return project.members === null || project.members.includes(account.email)
}

/** The projects that the caller sees. */
export const visibleProjects = ({ data, caller }: JiraContext): Project[] =>
  data.projects.filter((project) => mayBrowse(caller, project))

/** A project that the caller sees, by its id, its key or a key it had before. */
export const projectOf = (context: JiraContext, name: string): Project | undefined =>
  visibleProjects(context).find(
    ({ id, key, formerKeys }) => id === name || [key, ...formerKeys].includes(name.toUpperCase()),
  )

/** The issues that the caller sees; those of archived projects are not there. */
export function visibleIssues(context: JiraContext): Issue[] {
  const keys = visibleProjects(context)
    .filter(({ isArchived }) => !isArchived)
    .map(({ key }) => key)
  return context.data.issues.filter(({ project, site }) => site === context.caller.site.name && keys.includes(project))
}

/** An issue that the caller sees, by its id or key; one whose project was renamed is found by the old key too. */
export function issueOf(context: JiraContext, name: string): Issue | undefined {
  const [, prefix = '', number = ''] = /^([A-Za-z]\w*)-(\d+)$/.exec(name) ?? []
  const project = prefix === '' ? undefined : projectOf(context, prefix)
  const key = project ? `${project.key}-${number}` : name
  return visibleIssues(context).find((issue) => issue.id === name || issue.key === key)
}

/** The sprints of the caller's site. */
export const sprintsOf = ({ data, caller }: JiraContext): Sprint[] =>
  data.sprints.filter(({ site }) => site === caller.site.name)
