import { type Commit, type Entry, entryAt, resolve, type TreePath } from '#sandbox/git/repository.ts'
import { type Answer, type Call, json, redirect } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, invalid, noCommit, notFound, readable, refusal } from './access.ts'
import { commitRef } from './commits.ts'
import { trimmed } from './fields.ts'
import { largeFile } from './large-files.ts'
import { chained } from './paging.ts'
import { asked } from './query.ts'
import { linked, repositoryUrl } from './shapes.ts'
import type { Repository, State } from './state.ts'

type Endpoint = Handler<Context>

/** GET /repositories/{workspace}/{repo}/src: leads to the listing at the main branch's commit. */
export const showRoot: Endpoint = async (call, params, context) => {
  const { state } = context
  const repository = readable(context, params)
  const head = await resolve(repository.git)
  if (!head) throw notFound('The repository has no commits')
  const query = call.query.size === 0 ? '' : `?${call.query}`
  return redirect(302, `${repositoryUrl(state, repository)}/src/${head.sha}/${query}`)
}

/** GET /repositories/{workspace}/{repo}/src/{commit}/{path}: a directory's entries, or a file's bytes. */
export const showSource: Endpoint = async (call, params, context) => {
  const { state } = context
  const repository = readable(context, params)
  const { commit: ref = '', path: written = '' } = params
  const commit = await resolve(repository.git, ref)
  if (!commit) throw noCommit(ref)
  const path = written.replace(/\/$/, '')
  const entry = await entryAt(repository.git, commit.tree, path)
  if (!entry || (entry.type !== 'tree' && written.endsWith('/'))) {
    throw notFound(`No such file or directory: ${written}`)
  }
  const format = call.query.get('format')
  if (format !== null && format !== 'meta') throw invalid(`Invalid format: ${format}`)
  if (format === 'meta') {
    return json(200, trimmed(call, await shownEntry(state, repository, commit, { ...entry, path })))
  }
  if (entry.type === 'tree') return listDirectory(call, state, repository, commit, { ...entry, path })
  return rawFile(state, repository, { ...entry, path })
}

/** Whether a request is for a raw file, which has a limit of its own. */
export const isRawFile = ({ headers, status }: Answer): boolean =>
  status === 200 && headers?.['content-disposition'] !== undefined

async function listDirectory(call: Call, state: State, repository: Repository, commit: Commit, at: TreePath) {
  const text = call.query.get('max_depth') ?? '1'
  const depth = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (depth === 0) throw invalid('Invalid max_depth')
  if (depth > state.settings.deepest) throw refusal(555, 'The directory listing took too long')
  const entries = await entriesBelow(repository.git, at, depth)
  const shown = await Promise.all(entries.map((entry) => shownEntry(state, repository, commit, entry)))
  return chained(call, state, asked(call, shown, ['path', 'type', 'size']), (one) => one, 'page')
}

/** Level by level: all of a directory before what is in its directories. */
async function entriesBelow(git: Repository['git'], { sha, path }: TreePath, depth: number): Promise<TreePath[]> {
  const prefix = path === '' ? '' : `${path}/`
  const own = ((await git.tree(sha)) ?? []).map((entry) => ({ ...entry, path: prefix + entry.name }))
  if (depth === 1) return own
  const inner = await Promise.all(
    own.filter(({ type }) => type === 'tree').map((entry) => entriesBelow(git, entry, depth - 1)),
  )
  return [...own, ...inner.flat()]
}

async function shownEntry(state: State, repository: Repository, { sha }: Commit, { path, type, ...entry }: TreePath) {
  const isDirectory = type === 'tree'
  const self = `${repositoryUrl(state, repository)}/src/${sha}/${path.split('/').map(encodeURIComponent).join('/')}${isDirectory && path !== '' ? '/' : ''}`
  const shared = {
    path,
    commit: commitRef(state, repository, sha),
    type: isDirectory ? 'commit_directory' : 'commit_file',
    links: linked({ self, meta: `${self}?format=meta` }),
  }
  if (isDirectory) return shared
  const content = type === 'commit' ? null : await repository.git.blob(entry.sha)
  return { ...shared, attributes: attributesOf(entry, content), size: content?.length ?? 0 }
}

function attributesOf({ mode }: Pick<Entry, 'mode'>, content: Buffer | null): string[] {
  if (mode === '160000') return ['subrepository']
  if (mode === '120000') return ['link']
  return [
    ...(mode === '100755' ? ['executable'] : []),
    ...(content?.includes(0) ? ['binary'] : []),
    ...(content && largeFile(content) ? ['lfs'] : []),
  ]
}

async function rawFile(state: State, { git }: Repository, { sha, name, type }: TreePath): Promise<Answer> {
  const content = type === 'blob' ? await git.blob(sha) : null
  if (!content) throw notFound('No such file or directory')
  const large = largeFile(content)
  if (large) return redirect(301, large.address(state))
  return {
    status: 200,
    headers: {
      'content-type': content.includes(0) ? 'application/octet-stream' : 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replaceAll('"', '')}"`,
      etag: `"${sha}"`,
    },
    body: content,
  }
}
