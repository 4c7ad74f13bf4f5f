import { resolve } from '#sandbox/git/repository.ts'
import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, invalid, notFound, readable } from './access.ts'
import { commitRef } from './commits.ts'
import { trimmed } from './fields.ts'
import { numbered } from './paging.ts'
import { asked } from './query.ts'
import { linked, personBy, rendered, repositoryPage, repositoryRef, repositoryUrl } from './shapes.ts'
import { type PullRequest, type Repository, type State, timestamp } from './state.ts'

type Endpoint = Handler<Context>

const STATES = ['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']
const FIELDS =
  'id title description state draft created_on updated_on comment_count source.branch.name destination.branch.name author.uuid author.nickname author.account_id'.split(
    ' ',
  )
// A list leaves these out until they are asked for.
const LONG = ['values.reviewers', 'values.participants', 'values.rendered']

/** Commits of pull requests are named by their first twelve characters. */
async function side(state: State, repository: Repository, branch: string) {
  const head = await resolve(repository.git, branch)
  return {
    branch: { name: branch },
    commit: head && commitRef(state, repository, head.sha.slice(0, 12)),
    repository: repositoryRef(state, repository),
  }
}

/** The newest commit of a branch, by its first twelve characters. */
async function shortHead({ git }: Repository, branch: string): Promise<string> {
  return (await resolve(git, branch))?.sha.slice(0, 12) ?? ''
}

function links(state: State, repository: Repository, id: number, between: string) {
  const [url, own] = [repositoryUrl(state, repository), `${repositoryUrl(state, repository)}/pullrequests/${id}`]
  const diff = `${between}?from_pullrequest_id=${id}&topic=true`
  return linked({
    self: own,
    html: `${repositoryPage(state, repository)}/pull-requests/${id}`,
    commits: `${own}/commits`,
    approve: `${own}/approve`,
    'request-changes': `${own}/request-changes`,
    diff: `${url}/diff/${diff}`,
    diffstat: `${url}/diffstat/${diff}`,
    comments: `${own}/comments`,
    activity: `${own}/activity`,
    merge: `${own}/merge`,
    decline: `${own}/decline`,
    statuses: `${own}/statuses`,
  })
}

/** A pull request with everything that is said of it. */
export async function shownPull(state: State, repository: Repository, pull: PullRequest) {
  const { id, title, description, reviewers, approvedBy } = pull
  const [from, to] = [await shortHead(repository, pull.source), await shortHead(repository, pull.destination)]
  return {
    comment_count: pull.comments,
    task_count: 0,
    type: 'pullrequest',
    id,
    title,
    description,
    rendered: { title: rendered(title), description: rendered(description) },
    state: pull.state,
    draft: pull.isDraft,
    merge_commit: pull.state === 'MERGED' ? commitRef(state, repository, to) : null,
    close_source_branch: false,
    closed_by: personBy(state, pull.closedBy),
    author: personBy(state, pull.author),
    reason: pull.reason,
    created_on: timestamp(pull.createdOn),
    updated_on: timestamp(pull.updatedOn),
    destination: await side(state, repository, pull.destination),
    source: await side(state, repository, pull.source),
    reviewers: reviewers.map((email) => personBy(state, email)),
    participants: [...new Set([...reviewers, ...approvedBy])].map((email) => ({
      type: 'participant',
      user: personBy(state, email),
      role: reviewers.includes(email) ? 'REVIEWER' : 'PARTICIPANT',
      approved: approvedBy.includes(email),
      state: approvedBy.includes(email) ? 'approved' : null,
      participated_on: approvedBy.includes(email) ? timestamp(pull.updatedOn) : null,
    })),
    links: links(state, repository, id, `${repository.workspace}/${repository.slug}:${from}%0D${to}`),
    summary: rendered(description),
    queued: false,
  }
}

/** GET /repositories/{workspace}/{repo}/pullrequests: the open ones, or those of each `state` given; 50 a page at most. */
export const listPulls: Endpoint = async (call, params, context) => {
  const { state } = context
  const repository = readable(context, params)
  const wanted = call.query.getAll('state')
  const unknown = wanted.find((one) => !STATES.includes(one))
  if (unknown !== undefined) throw invalid(`Invalid state: ${unknown}`)
  const states = wanted.length > 0 ? wanted : ['OPEN']
  const shown = await Promise.all(
    repository.pulls
      .filter((pull) => states.includes(pull.state))
      .toSorted((a, b) => b.id - a.id)
      .map((pull) => shownPull(state, repository, pull)),
  )
  return numbered(call, state, asked(call, shown, FIELDS), (one) => one, { largest: 50, hidden: LONG })
}

/** GET /repositories/{workspace}/{repo}/pullrequests/{id} */
export const showPull: Endpoint = async (call, params, context) => {
  const { state } = context
  const repository = readable(context, params)
  const pull = repository.pulls.find(({ id }) => String(id) === params.id)
  if (!pull) throw notFound('Resource not found')
  return json(200, trimmed(call, await shownPull(state, repository, pull)))
}
