import { rest } from './shapes.ts'
import type { JiraContext, PriorityName, StatusName, TypeName } from './state.ts'

export const TYPES: readonly TypeName[] = ['Epic', 'Story', 'Task', 'Bug', 'Sub-task']
const LEVELS: Readonly<Record<TypeName, number>> = { Epic: 1, Story: 0, Task: 0, Bug: 0, 'Sub-task': -1 }
export const PRIORITIES: readonly PriorityName[] = ['Highest', 'High', 'Medium', 'Low', 'Lowest']

type Category = { id: number; key: 'new' | 'indeterminate' | 'done'; colorName: string; name: string }
const CATEGORIES: Readonly<Record<Category['key'], Category>> = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
}
/** Statuses in the order of the workflow, with what they count as. */
export const STATUSES: Readonly<Record<StatusName, { id: string; category: Category['key'] }>> = {
  'To Do': { id: '10000', category: 'new' },
  'In Progress': { id: '3', category: 'indeterminate' },
  'In Review': { id: '10001', category: 'indeterminate' },
  Done: { id: '10002', category: 'done' },
}

/** What a status counts as, by its name: To Do, In Progress or Done. */
export const categoryName = (status: StatusName): string => CATEGORIES[STATUSES[status].category].name

export function statusShape(context: JiraContext, name: StatusName) {
  const { id, category } = STATUSES[name]
  const about = CATEGORIES[category]
  return {
    self: rest(context, `status/${id}`),
    description: '',
    iconUrl: `${context.caller.self}/`,
    name,
    id,
    statusCategory: { self: rest(context, `statuscategory/${about.id}`), ...about },
  }
}

export const STATUS_NAMES: readonly StatusName[] = ['To Do', 'In Progress', 'In Review', 'Done']

export const statusesOf = (context: JiraContext) => STATUS_NAMES.map((name) => statusShape(context, name))

export function typeShape(context: JiraContext, name: TypeName) {
  const id = String(10_010 + TYPES.indexOf(name))
  return {
    self: rest(context, `issuetype/${id}`),
    id,
    description: '',
    iconUrl: rest(context, `universal_avatar/view/type/issuetype/avatar/${10_300 + TYPES.indexOf(name)}?size=medium`),
    name,
    subtask: name === 'Sub-task',
    avatarId: 10_300 + TYPES.indexOf(name),
    hierarchyLevel: LEVELS[name],
  }
}

export function priorityShape(context: JiraContext, name: PriorityName) {
  const id = String(PRIORITIES.indexOf(name) + 1)
  const iconUrl = `${context.caller.self}/images/icons/priorities/${name.toLowerCase()}_new.svg`
  return { self: rest(context, `priority/${id}`), iconUrl, name, id }
}
