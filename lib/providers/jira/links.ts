import { writeQuery } from '#lib/providers/atlassian-query.ts'
import { atSite } from '#lib/providers/atlassian-site.ts'
import { BoardId, IssueId, isIssueKey, ProjectId, SearchId } from './ids.ts'

type Shown = { project: string; section: string; name: string }

const issueIn = (project: string, key: string): Shown => ({ project, section: 'issues', name: key })

/**
 * What a page of Jira's shows, by its path: /browse/AIR-12, /jira/software/projects/AIR/boards/3, where `c` is put before the
 * projects that a company manages, the older /projects/AIR, and /issues/AIR-12, an issue beside what a search finds. In the
 * queues of a service desk an issue has its key at the end.
 */
function shownAt(path: readonly string[]): Shown | null {
  const [first = '', second = '', third = ''] = path
  if (first === 'browse') return issueIn(second.split('-')[0] ?? '', second)
  if (first === 'issues') return isIssueKey(second) ? issueIn(second.split('-')[0] ?? '', second) : null
  const rest = first === 'jira' ? path.slice(third === 'c' ? 3 : 2) : path
  const [projects, project = '', section = '', name = ''] = rest
  if (projects !== 'projects' || project === '') return null
  const last = path.at(-1) ?? ''
  return section === 'queues' && isIssueKey(last) ? issueIn(project, last) : { project, section, name }
}

const shown = (url: URL) => {
  const at = atSite(url)
  const found = at && shownAt(at.path)
  return at && found ? { site: at.site, ...found } : null
}

/** The issue that a page has open: beside a board, in a list, or by itself. */
export function issueLink(url: URL): string | null {
  const found = shown(url)
  if (!found) return null
  const beside = url.searchParams.get('selectedIssue') ?? ''
  const key = beside || (found.section === 'issues' ? found.name : '')
  return isIssueKey(key) ? IssueId.check(found.site, key) : null
}

/** .../boards/3 and its backlog; of older Jiras /secure/RapidBoard.jspa?rapidView=3. */
export function boardLink(url: URL): string | null {
  if (issueLink(url)) return null
  const at = atSite(url)
  if (at?.path.join('/') === 'secure/RapidBoard.jspa')
    return BoardId.check(at.site, url.searchParams.get('rapidView') ?? '')
  const found = shown(url)
  return found?.section === 'boards' ? BoardId.check(found.site, found.name) : null
}

/** A project by itself, or a page of it that is none of the others. */
export function projectLink(url: URL): string | null {
  if (issueLink(url) || boardLink(url)) return null
  const found = shown(url)
  return found && ProjectId.check(found.site, found.project)
}

/** /issues/?jql=... */
export function searchLink(url: URL): string | null {
  const at = atSite(url)
  const query = url.searchParams.get('jql')?.trim()
  const isList = at?.path.join('/') === 'issues' || at?.path.join('/') === 'jira/issues'
  return at && isList && query ? SearchId.check(at.site, writeQuery(query)) : null
}
