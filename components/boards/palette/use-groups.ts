'use client'
import { skipToken, useQuery } from '@tanstack/react-query'
import { badgeText } from '#lib/connections/status.ts'
import { problemOf } from '#lib/platform/client.ts'
import { resourcesOf } from '#lib/resources/client.ts'
import type { ResourceQuery } from '#lib/resources/schema.ts'
import { rootKind, type Source } from '../sources.ts'
import {
  type Answer,
  answerGroups,
  type Group,
  levelGroups,
  linkGroups,
  type Search,
  searchGroups,
  startGroups,
} from './groups.ts'
import { type Level, listedAt } from './levels.ts'
import { recentResources } from './recent.ts'
import { useDebounced } from './use-debounced.ts'
import { useSearch } from './use-search.ts'

const MORE = 'There is more. Type to narrow it down.'
const codePrefix = /^code:\s*/i

type At = { org: string; sources: readonly Source[]; level: Level; text: string; search: Search | null }

/** What is asked of one source: the search somebody chose, else what the level lists. */
function askedOf({ level, search }: At, query: string): { source: Source; query: ResourceQuery } | null {
  const parent = level.at === 'inside' ? { parent: level.parent.id } : {}
  if (search) return { source: search.source, query: { kind: search.kind, q: search.query, ...parent } }
  const listed = listedAt(level)
  if (!listed || level.at === 'top') return null
  const isSearched = level.at === 'source' && rootKind(level.source)?.search === 'typing' && query !== ''
  return { source: level.source, query: { ...listed, ...(isSearched ? { q: query } : {}) } }
}

function useAnswer(org: string, asked: ReturnType<typeof askedOf>): Answer {
  const through = asked?.source.connectionId
  const options = resourcesOf(org, through ?? '', asked?.query ?? { kind: '' })
  const { data, error, isFetching } = useQuery({
    ...options,
    queryFn: asked && through ? options.queryFn : skipToken,
    networkMode: 'always',
  })
  const said = error ? problemOf(error).message : data?.nextCursor ? MORE : null
  return { items: data?.items ?? [], said, isBusy: isFetching && !data }
}

const badge = ({ name, slot }: Source): string => slot.reason ?? badgeText(slot.status, name)

/** What the palette lists for what is typed where, in groups that fill as the sources answer. */
export function useGroups(at: At): Group[] {
  const { org, sources, level, search } = at
  const text = at.text.trim()
  const settled = useDebounced(text)
  const isLink = linkGroups(text).length > 0
  const isCode = codePrefix.test(text)
  const isTyped = level.at === 'top' && !search && text !== '' && !isLink && !isCode
  const through = sources.map(({ connectionId }) => connectionId).join()
  const answer = useAnswer(org, askedOf(at, settled))
  const found = useSearch(org, isTyped && settled === text ? text : '', through)

  if (isLink) return linkGroups(text)
  if (search)
    return levelGroups(level.at === 'top' ? { at: 'source', source: search.source } : level, answer, search.query, true)
  if (isCode) {
    const [code] = searchGroups(level, sources, text.replace(codePrefix, ''))
    return code ? [{ ...code, options: code.options.filter(({ id }) => id.includes(':code')) }] : []
  }
  const inside = text === '' ? [] : searchGroups(level, sources, text)
  if (level.at !== 'top') {
    const isSettling = level.at === 'source' && settled !== text
    return [
      ...levelGroups(level, isSettling ? { items: [], said: null, isBusy: true } : answer, text, false),
      ...inside,
    ]
  }
  if (text === '') return startGroups(recentResources(), sources, badge)
  const broken: Group[] = found.failure
    ? [{ id: 'failure', name: 'Search', said: found.failure, isBusy: false, options: [] }]
    : answerGroups(sources, found.answers, text)
  return [...broken, ...inside]
}
