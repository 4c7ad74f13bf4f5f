import { type Repository, resolve, walk } from '#sandbox/git/repository.ts'

const LANGUAGES: Record<string, string> = {
  ts: 'TypeScript',
  tsx: 'TypeScript',
  js: 'JavaScript',
  mjs: 'JavaScript',
  py: 'Python',
  go: 'Go',
  rb: 'Ruby',
  rs: 'Rust',
  sql: 'SQL',
  tf: 'HCL',
  sh: 'Shell',
  css: 'CSS',
  html: 'HTML',
  md: 'Markdown',
  yml: 'YAML',
  yaml: 'YAML',
  json: 'JSON',
  prisma: 'Prisma',
}
const DATA = new Set(['Markdown', 'YAML', 'JSON'])
const SHORT: Record<string, string> = {
  typescript: 'ts',
  javascript: 'js',
  python: 'py',
  golang: 'go',
  terraform: 'hcl',
}

/** The language of a file by its ending; null when it has none. */
export const languageOfPath = (path: string): string | null =>
  LANGUAGES[path.split('.').at(-1)?.toLowerCase() ?? ''] ?? null

/** Whether a name that somebody searched for (`js`, `TypeScript`, `hcl`) means a language. */
export function isLanguage(language: string | null, wanted: string): boolean {
  if (language === null) return false
  const short = (name: string) => SHORT[name.toLowerCase()] ?? name.toLowerCase()
  return short(language) === short(wanted)
}

const known = new Map<string, string | null>()

/** The language that most files of the default branch are written in. */
export async function languageOf(git: Repository): Promise<string | null> {
  const head = await resolve(git)
  if (!head) return null
  const cached = known.get(head.tree)
  if (cached !== undefined) return cached
  const counts = new Map<string, number>()
  for (const { path, type } of await walk(git, head.tree)) {
    const language = type === 'blob' ? languageOfPath(path) : null
    if (language !== null && !DATA.has(language)) counts.set(language, (counts.get(language) ?? 0) + 1)
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1])
  known.set(head.tree, first?.[0] ?? null)
  return first?.[0] ?? null
}
