import { resolve, type TreePath, walk } from '#sandbox/git/repository.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, invalid, isVisible, ownWorkspace } from './access.ts'
import { commitRef } from './commits.ts'
import { numbered } from './paging.ts'
import { linked, repositoryRef, repositoryUrl } from './shapes.ts'
import { type Repository, repositoriesOf, type State } from './state.ts'

type Query = { terms: string[]; only: Record<string, string[]> }
type File = TreePath & { repository: Repository; commit: string; text: string }

const LARGEST_BYTES = 320 * 1024
const MODIFIERS = ['repo', 'project', 'ext', 'path']

/** Words and phrases, and `name:value` for the modifiers. */
function readQuery(text: string): Query {
  const query: Query = { terms: [], only: {} }
  for (const [, name, quoted, plain = ''] of text.matchAll(/(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/g)) {
    const value = (quoted ?? plain).toLowerCase()
    if (name !== undefined && MODIFIERS.includes(name)) query.only[name] = [...(query.only[name] ?? []), value]
    else query.terms.push(name === undefined ? value : `${name}:${value}`)
  }
  return query
}

async function filesOf(repository: Repository): Promise<File[]> {
  const head = await resolve(repository.git)
  if (!head) return []
  const blobs = (await walk(repository.git, head.tree)).filter(({ type }) => type === 'blob')
  const files = await Promise.all(
    blobs.map(async (entry) => ({
      ...entry,
      repository,
      commit: head.sha,
      content: await repository.git.blob(entry.sha),
    })),
  )
  return files.flatMap(({ content, ...file }) =>
    content && content.length < LARGEST_BYTES && !content.includes(0) ? [{ ...file, text: String(content) }] : [],
  )
}

function fits({ path, text }: File, { terms, only }: Query): boolean {
  const isUnder = (place: string) => path.toLowerCase().startsWith(place.replace(/^\//, ''))
  const hasEnding = (ending: string) => path.toLowerCase().endsWith(`.${ending.replace(/^\./, '')}`)
  const all = `${path}\n${text}`.toLowerCase()
  return (
    (only.path ?? []).every(isUnder) && (only.ext ?? []).every(hasEnding) && terms.every((term) => all.includes(term))
  )
}

/** A line in parts, those that match marked. */
function segments(line: string, terms: readonly string[]): { text: string; match?: true }[] {
  const escaped = terms.map((term) => term.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
  const parts = line.split(new RegExp(`(${escaped.join('|')})`, 'i'))
  return parts.flatMap((text, index) =>
    text === '' ? [] : index % 2 === 1 ? [{ text, match: true as const }] : [{ text }],
  )
}

/** Each match with the line before and after it, where those are not shown already. */
function contentMatches(text: string, terms: readonly string[]) {
  const lines = text.replace(/\n$/, '').split('\n')
  const hits = lines.flatMap((line, index) => (terms.some((term) => line.toLowerCase().includes(term)) ? [index] : []))
  const shown = hits.slice(0, 10).map((at) => ({
    lines: [at - 1, at, at + 1].flatMap((index) => {
      const line = lines[index]
      if (line === undefined || (index !== at && hits.includes(index))) return []
      return [{ line: index + 1, segments: index === at ? segments(line, terms) : line === '' ? [] : [{ text: line }] }]
    }),
  }))
  return { count: hits.length, shown }
}

function shownResult(state: State, file: File, { terms }: Query) {
  const { repository, path, commit, text } = file
  const { count, shown } = contentMatches(text, terms)
  const parts = segments(path, terms)
  return {
    type: 'code_search_result',
    content_match_count: count,
    content_matches: shown,
    path_matches: parts.some(({ match }) => match) ? parts : [],
    file: {
      path,
      type: 'commit_file',
      links: linked({ self: `${repositoryUrl(state, repository)}/src/${commit}/${path}` }),
      commit: { ...commitRef(state, repository, commit), repository: repositoryRef(state, repository) },
    },
  }
}

/** GET /workspaces/{workspace}/search/code: the main branches of what the caller sees there. */
export const searchCode: Handler<Context> = async (call, { workspace = '' }, context) => {
  const { state } = context
  const home = ownWorkspace(context, workspace)
  const query = readQuery(call.query.get('search_query') ?? '')
  if (query.terms.length === 0) throw invalid('The search query needs at least one term')
  const { repo, project } = query.only
  const searched = repositoriesOf(state, home).filter(
    (one) =>
      isVisible(context, one) &&
      (repo?.includes(one.slug) ?? true) &&
      (project?.includes(one.project.toLowerCase()) ?? true),
  )
  const files = (await Promise.all(searched.map(filesOf))).flat().filter((file) => fits(file, query))
  const answer = await numbered(call, state, files, (file) => shownResult(state, file, query), {
    hidden: ['values.file.commit'],
  })
  const body: unknown = JSON.parse(String(answer.body))
  return { ...answer, body: JSON.stringify({ ...Object(body), query_substituted: false }) }
}
