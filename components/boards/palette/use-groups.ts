'use client'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Place } from '#components/connections/place.ts'
import { problemOf } from '#lib/platform/client.ts'
import { resourcesOf } from '#lib/resources/client.ts'
import type { ResourceQuery } from '#lib/resources/schema.ts'
import { rootKind, type Source } from '../sources.ts'
import { answerGroups } from './answers.ts'
import {
  type Answer,
  again,
  type Group,
  group,
  levelGroups,
  linkGroups,
  type Search,
  searchGroups,
  slowText,
  startGroups,
} from './groups.ts'
import { type Level, listedAt } from './levels.ts'
import { recentResources } from './recent.ts'
import { useDebounced } from './use-debounced.ts'
import { useSearch } from './use-search.ts'

const MORE = 'There is more. Type to narrow it down.'
const codePrefix = /^code:\s*/i

type At = {
  place: Place
  sources: readonly Source[]
  level: Level
  text: string
  search: Search | null
  /** How often somebody has asked to try again. */
  tries: number
}

/** What is asked of one source: the search somebody chose, else what the level lists. */
function askedOf({ level, search }: At, query: string): { source: Source; query: ResourceQuery } | null {
  const parent = level.at === 'inside' ? { parent: level.parent.id } : {}
  if (search) return { source: search.source, query: { kind: search.kind, q: search.query, ...parent } }
  const listed = listedAt(level)
  if (!listed || level.at === 'top') return null
  const isSearched = level.at === 'source' && rootKind(level.source)?.search === 'typing' && query !== ''
  return { source: level.source, query: { ...listed, ...(isSearched ? { q: query } : {}) } }
}

function useAnswer(org: string, asked: ReturnType<typeof askedOf>, tries: number): Answer {
  const through = asked?.source.connectionId
  const options = resourcesOf(org, through ?? '', asked?.query ?? { kind: '' }, tries)
  const { data, error, isFetching } = useQuery({
    ...options,
    queryFn: asked && through ? options.queryFn : skipToken,
    networkMode: 'always',
  })
  const said = error ? problemOf(error).message : (data?.message ?? (data?.nextCursor ? MORE : null))
  return { items: data?.items ?? [], said, isBusy: isFetching && !data, isBroken: error !== null }
}

const SLOW_AFTER_MS = 2_000

/** The groups, those that still wait after a while called slow. `question` is what they wait for the answer to. */
function useSlow(groups: Group[], question: string): Group[] {
  const [slow, setSlow] = useState<string | null>(null)
  const isWaiting = groups.some(({ isBusy }) => isBusy)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => setSlow(question), SLOW_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isWaiting, question])
  if (slow !== question) return groups
  return groups.map((one) => (one.isBusy ? { ...one, said: one.said ?? slowText(one.source ?? one.name) } : one))
}

/** What the palette lists for what is typed where, in groups that fill as the sources answer. */
export function useGroups(at: At): Group[] {
  const { level, search, text, tries } = at
  const where = level.at === 'inside' ? `${level.parent.id} ${level.kind.id}` : level.at
  return useSlow(useAnswered(at), [where, search?.kind, search?.query, text, tries].join('\n'))
}

function useAnswered(at: At): Group[] {
  const { place, sources, level, search, tries } = at
  const org = place.org.slug
  const text = at.text.trim()
  const settled = useDebounced(text)
  const isLink = linkGroups(text).length > 0
  const isCode = codePrefix.test(text)
  const isTyped = level.at === 'top' && !search && text !== '' && !isLink && !isCode
  const through = sources.map(({ connectionId }) => connectionId).join()
  const answer = useAnswer(org, askedOf(at, settled), tries)
  const found = useSearch(org, isTyped && settled === text ? text : '', `${through} ${tries}`)

  if (isLink) return linkGroups(text)
  if (search)
    return levelGroups(level.at === 'top' ? { at: 'source', source: search.source } : level, answer, search.query, true)
  if (isCode) {
    const [code] = searchGroups(level, sources, text.replace(codePrefix, ''), place)
    return code ? [{ ...code, options: code.options.filter(({ id }) => id.includes(':code')) }] : []
  }
  const inside = text === '' ? [] : searchGroups(level, sources, text, place)
  if (level.at !== 'top') {
    const isSettling = level.at === 'source' && settled !== text
    return [
      ...levelGroups(level, isSettling ? { items: [], said: null, isBusy: true } : answer, text, false),
      ...inside,
    ]
  }
  if (text === '') return startGroups(recentResources(), sources, place)
  const broken = found.failure
    ? [group('failure', 'Search', [again], { said: found.failure })]
    : answerGroups(sources, found.answers, text, place)
  return [...broken, ...inside]
}
