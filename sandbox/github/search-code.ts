import { type Repository as Git, resolve, type TreePath, walk } from '#sandbox/git/repository.ts'
import { header } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, invalid, Refusal } from './access.ts'
import { isLanguage, languageOfPath } from './languages.ts'
import { minimalRepository, repositoryPage } from './repository-shapes.ts'
import { found } from './search.ts'
import { type Query, readQuery, searched } from './search-query.ts'
import { apiUrl } from './shapes.ts'
import type { Repository, State } from './state.ts'

const LARGEST_BYTES = 384 * 1024

type File = TreePath & { repository: Repository; ref: string; text: string }

/** GET /search/code: default branches only, files under 384 KB, at least one plain term. */
export const searchCode: Handler<Context> = async (call, _params, context) => {
  if (!context.caller.account) throw new Refusal(401, 'Requires authentication')
  const query = readQuery(call)
  if (query.terms.length === 0) {
    const message = 'Must include at least one search term in addition to qualifiers.'
    throw invalid({ resource: 'Search', field: 'q', code: 'invalid', message })
  }
  const hits: { item: File; score: number }[] = []
  for (const repository of searched(context, query)) {
    for (const file of await filesOf(repository)) {
      const score = fits(file.path, query) ? rank(file, query) : 0
      if (score > 0) hits.push({ item: file, score })
    }
  }
  hits.sort((a, b) => b.score - a.score || (a.item.path < b.item.path ? -1 : 1))
  const showsMatches = /vnd\.github(\.v3)?\.text-match/.test(header(call, 'accept') ?? '')
  return found(call, context, 'code', hits, (file) => shown(context.state, file, showsMatches ? query : null))
}

function fits(path: string, { qualifiers, excluded }: Query): boolean {
  const name = path.split('/').at(-1) ?? ''
  const tests: Record<string, (wanted: string) => boolean> = {
    language: (wanted) => isLanguage(languageOfPath(path), wanted),
    path: (wanted) => `/${path}`.startsWith(`/${wanted.replace(/^\//, '')}`),
    filename: (wanted) => name.toLowerCase().includes(wanted.toLowerCase()),
    extension: (wanted) => name.endsWith(`.${wanted.replace(/^\./, '')}`),
  }
  return Object.entries(tests).every(
    ([key, test]) => (qualifiers[key] ?? []).every(test) && !(excluded[key] ?? []).some(test),
  )
}

// Every term has to be in the file; `in:path` looks at its path instead.
function rank({ path, text }: File, { terms, qualifiers }: Query): number {
  const places = qualifiers.in ?? ['file']
  const content = `${places.includes('file') ? text : ''}\n${places.includes('path') ? path : ''}`.toLowerCase()
  if (!terms.every((term) => content.includes(term))) return 0
  const inName = terms.filter((term) => path.toLowerCase().includes(term)).length
  return terms.reduce((sum, term) => sum + Math.min(content.split(term).length - 1, 10), inName * 20)
}

const known = new WeakMap<Git, { head: string; files: Omit<File, 'repository'>[] }>()

/** The searchable files of a default branch, read once for each commit it points at. */
async function filesOf(repository: Repository): Promise<File[]> {
  const { git } = repository
  const head = await resolve(git)
  if (!head) return []
  const cached = known.get(git)
  if (cached?.head === head.sha) return cached.files.map((file) => ({ ...file, repository }))
  const files: Omit<File, 'repository'>[] = []
  for (const entry of await walk(git, head.tree)) {
    if (entry.type !== 'blob' || (await git.size(entry.sha)) >= LARGEST_BYTES) continue
    const text = String((await git.blob(entry.sha)) ?? '')
    if (!text.includes('\0')) files.push({ ...entry, ref: head.sha, text })
  }
  known.set(git, { head: head.sha, files })
  return files.map((file) => ({ ...file, repository }))
}

function shown(state: State, { repository, path, name, sha, ref, text }: File, matches: Query | null) {
  const base = `${apiUrl(state.world)}/repositories/${repository.id}`
  const url = `${base}/contents/${path}?ref=${ref}`
  return {
    name,
    path,
    sha,
    url,
    git_url: `${base}/git/blobs/${sha}`,
    html_url: `${repositoryPage(state, repository)}/blob/${ref}/${path}`,
    repository: minimalRepository(state, repository),
    ...(matches && {
      text_matches: fragments(text, matches).map((part) => ({
        object_url: url,
        object_type: 'FileContent',
        property: 'content',
        ...part,
      })),
    }),
  }
}

// docs.github.com/en/rest/search/search#text-match-metadata
function fragments(text: string, { terms }: Query) {
  const lower = text.toLowerCase()
  return terms.slice(0, 2).flatMap((term) => {
    const at = lower.indexOf(term)
    if (at < 0) return []
    const start = lower.lastIndexOf('\n', Math.max(0, at - 60)) + 1
    const fragment = text.slice(start, at + term.length + 120)
    const indices = [at - start, at - start + term.length]
    return [{ fragment, matches: [{ text: fragment.slice(indices[0], indices[1]), indices }] }]
  })
}
