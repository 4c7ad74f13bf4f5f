import { z } from 'zod'
import { setShared } from '#sandbox/atlassian/control.ts'
import { parsed, shared } from '#sandbox/atlassian/control-input.ts'
import { accountOf, type State } from '#sandbox/atlassian/state.ts'
import { Refused } from '#sandbox/provider.ts'
import { PRIORITIES, STATUS_NAMES, TYPES } from './issue-parts.ts'
import { newIssue } from './new-issue.ts'
import type { Data, Issue, Project } from './state.ts'

const Site = z.string().default('acme')
const Email = z.email()
const IssueInput = z.strictObject({
  site: Site,
  /** One that is there is changed; without a key a new one is made in `project`. */
  key: z.string().optional(),
  project: z.string().default('ORD'),
  type: z.enum(TYPES).optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  status: z.enum(STATUS_NAMES).optional(),
  priority: z.enum(PRIORITIES).optional(),
  assignee: Email.nullable().optional(),
  labels: z.array(z.string()).optional(),
  points: z.number().nullable().optional(),
  sprints: z.array(z.number().int()).optional(),
  dueDate: z.iso.date().nullable().optional(),
  parent: z.string().nullable().optional(),
  /** Adds a comment to it. */
  comment: z.strictObject({ author: Email, text: z.string() }).optional(),
})

/** What control can set: what it shares with Confluence, and issues and projects. */
const Input = z.strictObject({
  provider: z.literal('jira'),
  ...shared,
  issue: IssueInput.optional(),
  removeIssue: z.strictObject({ site: Site, key: z.string() }).optional(),
  /** As many further issues, `<prefix> 1` and on. */
  fill: z
    .strictObject({ site: Site, project: z.string(), prefix: z.string(), count: z.number().int().min(1).max(10_000) })
    .optional(),
  project: z
    .strictObject({
      site: Site,
      key: z.string(),
      /** The new key; the old one still leads there. */
      renameTo: z.string().optional(),
      name: z.string().optional(),
      members: z.array(Email).nullable().optional(),
      archived: z.boolean().optional(),
    })
    .optional(),
})
type Input = z.infer<typeof Input>

/** POST /__sandbox/set for Jira; answers what it made. */
export function set(state: State, data: Data, input: unknown): unknown {
  const { provider: _, issue, removeIssue, fill, project, ...settings } = parsed(Input, input)
  const made = setShared(state, 'jira', settings)
  const now = state.world.clock.now()
  if (project) setProject(data, project)
  if (removeIssue) {
    const gone = knownIssue(data, removeIssue.site, removeIssue.key)
    data.issues = data.issues.filter((one) => one !== gone)
  }
  const { site = 'acme', prefix, count = 0 } = fill ?? {}
  for (let number = 1; number <= count; number += 1)
    addIssue(data, knownProject(data, site, fill?.project ?? ''), `${prefix} ${number}`, now)
  const changed = issue && setIssue(state, data, issue)
  return { ok: true, ...made, ...(changed && { issue: { id: changed.id, key: changed.key } }) }
}

function knownProject(data: Data, site: string, key: string): Project {
  const project = data.projects.find((one) => one.site === site && one.key === key)
  if (project) return project
  throw new Refused(`no project ${key} on ${site}`)
}

function knownIssue(data: Data, site: string, key: string): Issue {
  const issue = data.issues.find((one) => one.site === site && one.key === key)
  if (issue) return issue
  throw new Refused(`no issue ${key} on ${site}`)
}

function addIssue(data: Data, { site, key }: Project, summary: string, now: number): Issue {
  data.nextId += 1
  const numbers = data.issues.filter((one) => one.site === site && one.project === key).map((one) => one.key)
  const last = Math.max(0, ...numbers.map((one) => Number(one.split('-')[1])))
  const issue = newIssue(String(data.nextId), site, 'Task', `${key}-${last + 1}`, summary, {
    created: new Date(now).toISOString(),
  })
  data.issues.push(issue)
  return issue
}

function setIssue(state: State, data: Data, input: NonNullable<Input['issue']>): Issue {
  const { site, key, project, comment, ...about } = input
  const now = state.world.clock.now()
  for (const email of [about.assignee, comment?.author])
    if (email && !accountOf(state, email)) throw new Refused(`no account ${email}`)
  const issue =
    key === undefined ? addIssue(data, knownProject(data, site, project), 'New', now) : knownIssue(data, site, key)
  Object.assign(issue, about)
  issue.updatedAt = now
  if (about.status) issue.resolvedAt = about.status === 'Done' ? (issue.resolvedAt ?? now) : null
  if (comment) {
    const id = `${issue.id}${issue.comments.length + 1}`
    issue.comments.push({ id, at: new Date(now).toISOString(), ...comment })
  }
  return issue
}

function setProject(data: Data, input: NonNullable<Input['project']>): void {
  const { site, key, renameTo, archived, ...about } = input
  const project = knownProject(data, site, key)
  Object.assign(project, about)
  if (archived !== undefined) project.isArchived = archived
  if (renameTo === undefined) return
  project.formerKeys = [...project.formerKeys, key]
  project.key = renameTo
  for (const issue of data.issues.filter((one) => one.site === site && one.project === key)) {
    issue.project = renameTo
    issue.key = issue.key.replace(key, renameTo)
  }
  for (const board of data.boards.filter((one) => one.site === site && one.project === key)) board.project = renameTo
}
