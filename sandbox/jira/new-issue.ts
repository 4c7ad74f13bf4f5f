import type { Comment, Issue, TypeName } from './state.ts'

const PEOPLE: Readonly<Record<string, string>> = {
  dana: 'dana@acme.example',
  sam: 'sam@acme.example',
  priya: 'priya@acme.example',
  lee: 'lee@park.example',
  home: 'dana@kowalski.example',
}
/** Somebody by their first name, or by an e-mail address. */
const personNamed = (name: string): string => PEOPLE[name] ?? name

/** What was said on an issue: when (UTC), who, and what. */
export type Remark = readonly [at: string, who: string, text: string]
/** An issue as the data tell it: people by first name, times without a zone. */
export type Told = Partial<Omit<Issue, 'createdAt' | 'updatedAt' | 'resolvedAt' | 'comments' | 'links'>> & {
  created: string
  updated?: string
  resolved?: string
  blocks?: string[]
  relates?: string[]
  comments?: readonly Remark[]
}
/** An issue in the tables of data. */
export type Row = readonly [type: TypeName, key: string, summary: string, told: Told]

const instant = (text: string): number => Date.parse(text.length === 16 ? `${text}:00Z` : text)

/** An issue from what is told of it. Its id follows from its key and its project's id. */
export function newIssue(id: string, site: string, type: TypeName, key: string, summary: string, told: Told): Issue {
  const { created, updated, resolved, blocks = [], relates = [], comments = [], assignee, reporter, ...about } = told
  const said = comments.map(
    ([at, who, text], index): Comment => ({
      id: `${id}${index + 1}`,
      author: personNamed(who),
      at: new Date(instant(at)).toISOString(),
      text,
    }),
  )
  return {
    id,
    key,
    project: key.split('-')[0] ?? '',
    site,
    type,
    summary,
    description: '',
    status: resolved === undefined ? 'To Do' : 'Done',
    priority: 'Medium',
    labels: [],
    points: null,
    sprints: [],
    parent: null,
    dueDate: null,
    ...about,
    assignee: assignee ? personNamed(assignee) : null,
    reporter: personNamed(reporter ?? 'dana'),
    links: [
      ...blocks.map((to) => ({ type: 'Blocks' as const, to })),
      ...relates.map((to) => ({ type: 'Relates' as const, to })),
    ],
    createdAt: instant(created),
    updatedAt: instant(updated ?? resolved ?? comments.at(-1)?.[0] ?? created),
    resolvedAt: resolved === undefined ? null : instant(resolved),
    comments: said,
  }
}
