import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { notionId } from './ids.ts'
import { titleOf, UNTITLED } from './properties.ts'
import { PageObject, Parent, RichText } from './shapes.ts'

/**
 * Where a page or a database is: in which databases, the nearest first, as far as anybody knows. `container` is the title of
 * what is right above it.
 */
export type Place = { databases: readonly string[]; isKnown: boolean; container?: string | undefined }

const DEEPEST = 10

/** What something that is above a page tells, with its title; null for what is not shared and so above nothing that is. */
type Step = { parent: Parent; title?: string } | null

const Above = z.object({ parent: Parent })
const DatabaseAbove = Above.extend({ object: z.literal('database'), title: RichText }).transform(
  ({ parent, title }): Step => ({ parent, title: title || UNTITLED }),
)
const stepOf = (page: PageObject) => ({ parent: page.parent, title: titleOf(page) })

async function lookUp(api: Api, path: string): Promise<Step> {
  try {
    return await api(path, { schema: z.union([PageObject.transform(stepOf), DatabaseAbove, Above]) })
  } catch (error) {
    if (error instanceof ProviderFailure && error.detail === 'not_shared') return null
    throw error
  }
}

/** The database that something is in right away. Its rows are in one of its tables, and those in it. */
const databaseIn = ({ database_id }: Parent): string | null => notionId(database_id ?? '')

function pathTo(parent: Parent): string | null {
  const { type, page_id, block_id, data_source_id } = parent
  const database = databaseIn(parent)
  if (database) return `/databases/${database}`
  if (type === 'page_id' && page_id) return `/pages/${page_id}`
  if (type === 'block_id' && block_id) return `/blocks/${block_id}`
  return type === 'data_source_id' && data_source_id ? `/data_sources/${data_source_id}` : null
}

/** What is known already of things that others may be in, by the path at which they would be asked about. */
type Known = ReadonlyMap<string, Step>

/** Pages as things that others may be in. */
export const knownPages = (pages: readonly PageObject[]): Known =>
  new Map(pages.map((page) => [`/pages/${page.id}`, stepOf(page)]))

/**
 * Finds out where things are by walking up from them to the top, since each database on the way can be switched off; what lies
 * above several is asked about once, and nothing about what is `known`. At most `most` questions are asked: the place of what
 * would take more is not known.
 */
export function placeFinder(api: Api, most: number, known: Known = new Map()): (parent: Parent) => Promise<Place> {
  const asked = new Map<string, Promise<Step>>()
  const ask = (path: string): Step | Promise<Step> | 'beyond' => {
    const before = known.get(path) ?? asked.get(path)
    if (before !== undefined) return before
    if (asked.size >= most) return 'beyond'
    const step = lookUp(api, path)
    asked.set(path, step)
    return step
  }
  return async (parent) => {
    const databases: string[] = []
    let at = parent
    let container: string | undefined
    for (let depth = 0; depth < DEEPEST; depth++) {
      const database = databaseIn(at)
      if (database) databases.push(database)
      const path = pathTo(at)
      if (path === null) return { databases, isKnown: at.type === 'workspace', container }
      const step = await ask(path)
      if (step === 'beyond') return { databases, isKnown: false, container }
      if (step === null) return { databases, isKnown: true, container }
      container ??= step.title
      at = step.parent
    }
    return { databases, isKnown: false, container }
  }
}

/** What decides beside the switch of a database whether it may stand on boards: those that it is in. */
export const around = (databases: readonly string[]): Pick<Resource, 'within'> =>
  databases.length === 0 ? {} : { within: databases }

/** Throws ProviderFailure `setup` for a place that is not known: what cannot be told to be switched off is not shown. */
export function requireKnown({ isKnown }: Place): void {
  if (!isKnown) throw new ProviderFailure('setup', { detail: 'unplaced' })
}
