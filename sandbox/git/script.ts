import { type Change, type MemoryRepository, memoryRepository } from './memory.ts'

type Commit = {
  branch: string
  from?: string
  merges?: string
  date: string
  login: string
  message: string
  changes: (Change & { lines: string[] | null })[]
}

/**
 * Makes a repository from a script of its history. A line that starts with `@@@ ` is an instruction, every other line
 * belongs to the file above it:
 *   commit <time> <login> <message> · merge <branch> <time> <login> <message> · on <branch> [<from>]
 *   file <path> · executable <path> · delete <path> · link <path> <target> · submodule <path> <commit> ·
 *   filler <path> <bytes>
 */
export function repositoryFromScript(
  script: string,
  people: (login: string) => { name: string; email: string },
): MemoryRepository {
  const repository = memoryRepository()
  for (const { branch, login, date, changes, ...rest } of commitsOf(script)) {
    const written = changes.map(({ lines, ...change }) =>
      lines === null ? change : { ...change, content: `${lines.join('\n').trimEnd()}\n` },
    )
    repository.commitTo(branch, { ...rest, author: { ...people(login), date }, changes: written })
  }
  return repository
}

function commitsOf(script: string): Commit[] {
  const commits: Commit[] = []
  let at: { branch: string; from?: string } = { branch: 'main' }
  for (const line of script.split('\n')) {
    const [, word, rest = ''] = /^@@@ (\w+) (.*)$/.exec(line) ?? []
    const [first = '', second] = rest.split(' ')
    if (word === undefined) commits.at(-1)?.changes.at(-1)?.lines?.push(line)
    else if (word === 'on') at = second === undefined ? { branch: first } : { branch: first, from: second }
    else if (word === 'commit') commits.push(commitOf(rest, at))
    else if (word === 'merge') commits.push({ ...commitOf(rest.slice(first.length + 1), at), merges: first })
    else commits.at(-1)?.changes.push(changeOf(word, first, second))
  }
  return commits
}

function commitOf(rest: string, at: { branch: string; from?: string }): Commit {
  const [date = '', login = '', ...message] = rest.split(' ')
  return { ...at, date, login, message: message.join(' '), changes: [] }
}

function changeOf(word: string, path: string, more = ''): Commit['changes'][number] {
  switch (word) {
    case 'file':
      return { path, content: '', lines: [] }
    case 'executable':
      return { path, mode: '100755', content: '', lines: [] }
    case 'delete':
      return { path, content: null, lines: null }
    case 'link':
      return { path, mode: '120000', content: more, lines: null }
    case 'submodule':
      return { path, mode: '160000', content: null, sha: more, lines: null }
    case 'filler':
      return { path, content: 'sku,name,price\n'.repeat(Math.ceil(Number(more) / 15)), lines: null }
    default:
      throw new Error(`unknown instruction: ${word} ${path}`)
  }
}
