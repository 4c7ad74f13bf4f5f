import type { Context } from './access.ts'
import { plainText } from './shape-parts.ts'
import type { Article, Collection, State, Workspace } from './state.ts'

const SUMMARY_WORDS = 24
const SLUG = 60

/** The words of a text, in small letters. */
export const words = (text: string): string[] =>
  plainText(text)
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word !== '')

const slug = (title: string): string => words(title).join('-').slice(0, SLUG)

/** The address of a page of a workspace's help center; null where there is none. */
function helpAddress({ world }: State, { helpCenter }: Workspace, path: string): string | null {
  return helpCenter && `${world.url}/intercom-help/${helpCenter.identifier}/en/${path}`
}

/** An article; a draft has no address. */
export function articleShape(state: State, workspace: Workspace, article: Article): object {
  const { id, title, collectionId } = article
  const isPublished = article.state === 'published'
  return {
    id,
    type: 'article',
    workspace_id: workspace.code,
    parent_ids: collectionId === null ? [] : [Number(collectionId)],
    tags: { type: 'tag.list', tags: [] },
    title,
    description: article.description,
    body: article.body,
    author_id: Number(article.authorId),
    state: article.state,
    created_at: article.createdAt,
    updated_at: article.updatedAt,
    url: isPublished ? helpAddress(state, workspace, `articles/${id}-${slug(title)}`) : null,
  }
}

/** A collection of articles. One that is inside another names no help center. */
export function collectionShape({ state, caller }: Context, collection: Collection): object {
  const { workspace } = caller
  const { id, name, parentId, description, at } = collection
  return {
    id,
    workspace_id: workspace.code,
    name,
    url: helpAddress(state, workspace, `collections/${id}-${slug(name)}`),
    order: workspace.collections.indexOf(collection) + 1,
    created_at: at,
    updated_at: at,
    description,
    icon: 'bookmark',
    parent_id: parentId,
    help_center_id: parentId === null ? (workspace.helpCenter?.id ?? null) : null,
  }
}

/** Where an article has the words that were looked for: a list for its title, a list of lists for its text. */
export function highlightShape({ id, title, body }: Article, wanted: readonly string[]): object {
  return {
    article_id: id,
    highlighted_title: marked(title, wanted),
    highlighted_summary: [marked(plainText(body).split(/\s+/).slice(0, SUMMARY_WORDS).join(' '), wanted)],
  }
}

const marked = (text: string, wanted: readonly string[]): object[] =>
  text
    .split(/([\p{L}\p{N}_]+)/u)
    .filter((piece) => piece !== '')
    .map((piece) => ({
      type: wanted.some((word) => piece.toLowerCase().startsWith(word)) ? 'highlight' : 'plain',
      text: piece,
    }))
