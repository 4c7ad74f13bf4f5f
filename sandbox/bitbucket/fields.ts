import type { Call } from '#sandbox/http.ts'

type Path = readonly string[]

const matches = (one = '', other = ''): boolean => one === other || one === '*' || other === '*'
const startsWith = (path: Path, start: Path): boolean => start.every((name, index) => matches(path[index], name))
const meets = (one: Path, other: Path): boolean =>
  one.length < other.length ? startsWith(other, one) : startsWith(one, other)

/**
 * An answer as `fields` asks for it (developer.atlassian.com/cloud/bitbucket/rest/intro, partial responses): names alone
 * are all there is, `+name` adds, `-name` takes away. `hidden` are fields that are only there when they are named.
 */
export function trimmed(call: Call, body: unknown, hidden: readonly string[] = []): unknown {
  const names = (call.query.get('fields') ?? '').split(',').filter(Boolean)
  const pathsOf = (mark: RegExp) =>
    names.filter((name) => mark.test(name)).map((name) => name.replace(mark, '').split('.'))
  const [plain, added, removed] = [pathsOf(/^(?![+-])/), pathsOf(/^\+/), pathsOf(/^-/)]
  const named = [...plain, ...added]
  const shy = hidden.map((name) => name.split('.'))
  const isKept = (path: Path): boolean => {
    const isNamed = named.some((one) => meets(path, one))
    if (plain.length > 0) return isNamed
    if (shy.some((one) => path.length >= one.length && startsWith(path, one))) return isNamed
    return !removed.some((one) => path.length >= one.length && startsWith(path, one))
  }
  const walk = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, path))
    if (typeof value !== 'object' || value === null) return value
    const kept = Object.entries(value).filter(([name]) => isKept([...path, name]))
    return Object.fromEntries(kept.map(([name, inner]) => [name, walk(inner, [...path, name])]))
  }
  return walk(body, [])
}
