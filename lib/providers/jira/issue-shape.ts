import { z } from 'zod'
import { plainText } from '#lib/providers/atlassian-document.ts'
import { siteUrl } from '#lib/providers/atlassian-site.ts'
import type { Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { IssueId, ProjectId } from './ids.ts'

const MAX_EXCERPT = 300

const Named = z.object({ name: z.string() }).nullish().catch(null)
/** What is read of an issue's fields; which of them an answer has is asked for (and of a search only its id, else). */
const Fields = z.looseObject({
  summary: z.string().nullish(),
  status: z
    .object({ name: z.string(), statusCategory: z.object({ key: z.string() }).nullish().catch(null) })
    .nullish()
    .catch(null),
  assignee: z.object({ displayName: z.string().nullish() }).nullish().catch(null),
  issuetype: Named,
  priority: Named,
  labels: z.array(z.string()).nullish().catch(null),
  project: z.object({ key: z.string(), name: z.string() }).nullish().catch(null),
  updated: z.string().nullish().catch(null),
  description: z.unknown().optional(),
})
/** `names` and `schema` say what the fields are that each site numbers by itself. */
export const Issue = z.object({
  key: z.string(),
  fields: Fields.optional().default({}),
  names: z.record(z.string(), z.string()).optional().catch(undefined),
  schema: z
    .record(z.string(), z.object({ custom: z.string().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
})
export type Issue = z.infer<typeof Issue>

/** The fields of an issue in a list. */
export const LISTED = 'summary,status,assignee,issuetype,priority,labels,project,updated'

const Sprint = z.object({ name: z.string(), state: z.string().nullish() })

function sprintOf({ fields, schema = {} }: Issue): string {
  const id = Object.keys(schema).find((name) => schema[name]?.custom === 'com.pyxis.greenhopper.jira:gh-sprint')
  const sprints = z.array(Sprint).safeParse(id === undefined ? [] : fields[id]).data ?? []
  const active = sprints.find(({ state }) => state?.toLowerCase() === 'active')
  return (active ?? sprints.at(-1))?.name ?? ''
}

/** Story points: the field of that name, which projects a company manages and those of a team call differently. */
function pointsOf({ fields, names = {} }: Issue): number | undefined {
  const id = Object.keys(names).find(
    (name) => /^story points?(?: estimate)?$/i.test(names[name] ?? '') && fields[name] != null,
  )
  const value = id === undefined ? undefined : fields[id]
  return typeof value === 'number' ? value : undefined
}

/** `2026-11-18T09:30:00.000+0100` as ISO 8601 in UTC; nothing for what is no date. */
export function isoDate(text: string | null | undefined): string | undefined {
  const at = new Date((text ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** What a list says of an issue: a line of it. */
export const toHit = (api: Api, { key, fields }: Issue) => ({
  title: `${key} ${fields.summary ?? ''}`.trim(),
  url: issueUrl(api, key),
  detail: fields.status?.name ?? '',
})

const issueUrl = (api: Api, key: string): string => `${siteUrl(api.config)}/browse/${encodeURIComponent(key)}`

/** An issue as its card shows it. */
export function toResource(api: Api, issue: Issue): Resource {
  const { key, fields } = issue
  const { status, assignee, issuetype, priority, labels, project, description } = fields
  const excerpt = plainText(description).slice(0, MAX_EXCERPT)
  const points = pointsOf(issue)
  return {
    kind: 'issue',
    id: IssueId.write(api, key),
    title: `${key} ${fields.summary ?? ''}`.trim(),
    url: issueUrl(api, key),
    parent: ProjectId.write(api, project?.key ?? key.replace(/-\d+$/, '')),
    ...(project ? { container: project.name } : {}),
    updatedAt: isoDate(fields.updated),
    ...(excerpt ? { excerpt } : {}),
    body: {
      key,
      state: status?.name ?? '',
      category: status?.statusCategory?.key ?? '',
      type: issuetype?.name ?? '',
      priority: priority?.name ?? '',
      assignees: assignee?.displayName ? [assignee.displayName] : [],
      labels: labels ?? [],
      sprint: sprintOf(issue),
      ...(points === undefined ? {} : { points }),
    },
  }
}
