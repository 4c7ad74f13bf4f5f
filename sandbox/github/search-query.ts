import type { Call } from '#sandbox/http.ts'
import { type Context, invalid, sightOf } from './access.ts'
import { organizationOf, type Repository, repositoryOf } from './state.ts'

/** A search as written: plain words and phrases, and `name:value` qualifiers (`-name:value` excludes). */
export type Query = {
  text: string
  terms: string[]
  qualifiers: Record<string, string[]>
  excluded: Record<string, string[]>
}

const LONGEST = 256

/** Reads `q`; a missing or too long one is a 422. */
export function readQuery(call: Call): Query {
  const text = call.query.get('q')?.trim() ?? ''
  if (text === '') throw invalid({ resource: 'Search', field: 'q', code: 'missing' })
  const query: Query = { text, terms: [], qualifiers: {}, excluded: {} }
  for (const [, minus, name, quoted, plain] of text.matchAll(/(-?)(?:([a-z-]+):)?(?:"([^"]*)"|(\S+))/g)) {
    const value = quoted ?? plain ?? ''
    if (name === undefined) query.terms.push(value.toLowerCase())
    else (minus ? query.excluded : query.qualifiers)[name] ??= []
    if (name !== undefined) (minus ? query.excluded : query.qualifiers)[name]?.push(value)
  }
  if (query.terms.join(' ').length > LONGEST)
    throw invalid({
      resource: 'Search',
      field: 'q',
      code: 'invalid',
      message: 'The search is longer than 256 characters.',
    })
  return query
}

/**
 * The repositories a search reaches: those the caller sees, narrowed by `repo:`, `org:` and `user:`.
 * Naming one that the caller does not see is a 422, whether it exists or not.
 */
export function searched(context: Context, { qualifiers }: Query): Repository[] {
  const { state } = context
  const owners = [...(qualifiers.org ?? []), ...(qualifiers.user ?? [])]
  const named = (qualifiers.repo ?? []).map((name) =>
    repositoryOf(state, name.split('/')[0] ?? '', name.split('/')[1] ?? ''),
  )
  const isKnown = (login: string) =>
    organizationOf(state, login) ?? state.accounts.find((account) => account.login === login)
  if (named.some((one) => !one || sightOf(context, one) !== 'visible') || !owners.every(isKnown)) {
    const message =
      'The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.'
    throw invalid({ message, resource: 'Search', field: 'q', code: 'invalid' })
  }
  const isWide = named.length === 0 && owners.length === 0
  return state.repositories.filter(
    (one) => sightOf(context, one) === 'visible' && (isWide || named.includes(one) || owners.includes(one.owner)),
  )
}
