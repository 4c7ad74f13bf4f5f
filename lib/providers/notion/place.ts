import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define.ts'
import { notionId } from './ids.ts'
import { titleOf } from './properties.ts'
import { PageObject, Parent } from './shapes.ts'

/** Where a page is: in a database, however deep; in none; or nobody knows. `page` is the title of the page right above it. */
export type Place = { in: 'database'; id: string; page?: string } | { in: 'none' | 'unknown'; page?: string }

const DEEPEST = 10

/** What is not needed to show a page: it is left out where it cannot be read. */
export async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ProviderFailure && !['expired', 'revoked'].includes(error.failure)) return undefined
    throw error
  }
}

const Above = z.object({ parent: Parent })
/** What something that is above a page tells, with a page's title; null for what is not shared and so above nothing that is. */
type Step = { parent: Parent; page?: string } | null

const stepOf = (page: PageObject) => ({ parent: page.parent, page: titleOf(page) })

async function lookUp(api: Api, path: string): Promise<Step> {
  try {
    const schema = z.union([PageObject.transform(stepOf), Above])
    return await api(path, { schema })
  } catch (error) {
    if (error instanceof ProviderFailure && error.detail === 'not_shared') return null
    throw error
  }
}

function pathTo({ type, page_id, block_id, data_source_id }: Parent): string | null {
  if (type === 'page_id' && page_id) return `/pages/${page_id}`
  if (type === 'block_id' && block_id) return `/blocks/${block_id}`
  return type === 'data_source_id' && data_source_id ? `/data_sources/${data_source_id}` : null
}

/**
 * Finds out where pages are by walking up from them; what lies above several is asked about once, and nothing about `known`
 * pages. At most `most` questions are asked: a page whose place would take more is at an unknown one.
 */
export function placeFinder(
  api: Api,
  most: number,
  known: readonly PageObject[] = [],
): (parent: Parent) => Promise<Place> {
  const asked = new Map(known.map((page) => [`/pages/${page.id}`, Promise.resolve<Step>(stepOf(page))]))
  const ask = (path: string): Promise<Step> | null => {
    const before = asked.get(path)
    if (before || asked.size >= most + known.length) return before ?? null
    const step = lookUp(api, path)
    asked.set(path, step)
    return step
  }
  return async (parent) => {
    let at = parent
    let page: string | undefined
    for (let depth = 0; depth < DEEPEST; depth++) {
      const named = page === undefined ? {} : { page }
      const database = notionId(at.database_id ?? '')
      if (database) return { in: 'database', id: database, ...named }
      const path = pathTo(at)
      if (path === null) return { in: at.type === 'workspace' ? 'none' : 'unknown', ...named }
      const step = await (ask(path) ?? 'beyond')
      if (step === 'beyond') return { in: 'unknown', ...named }
      if (step === null) return { in: 'none', ...named }
      page ??= step.page
      at = step.parent
    }
    return { in: 'unknown', ...(page === undefined ? {} : { page }) }
  }
}
