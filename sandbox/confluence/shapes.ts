import { documentOf, markupOf } from '#sandbox/atlassian/documents.ts'
import { accountOf } from '#sandbox/atlassian/state.ts'
import { invalidParameter } from './refusal.ts'
import { type Page, type Space, visibleSpaces, type WikiContext } from './state.ts'

export type BodyFormat = 'storage' | 'atlas_doc_format' | 'view'

const time = (at: number): string => new Date(at).toISOString()

/** An account's id; null for who is not there any more. */
const idOf = ({ state }: WikiContext, email: string): string | null => accountOf(state, email)?.id ?? null

/** A space; its description and icon come when they are asked for. */
export function spaceShape(context: WikiContext, space: Space, more: { describes: boolean; hasIcon: boolean }) {
  const { id, key, name, type, status, owner, createdAt, homepageId, description } = space
  const icon = { path: `/wiki/download/attachments/${id}/${encodeURIComponent(key)}`, apiDownloadLink: '' }
  return {
    id,
    key,
    name,
    type,
    status,
    authorId: idOf(context, owner),
    spaceOwnerId: idOf(context, owner),
    createdAt,
    homepageId,
    icon: more.hasIcon ? icon : null,
    description: more.describes ? { plain: { value: description, representation: 'plain' } } : null,
    currentActiveAlias: key,
    _links: { webui: `/spaces/${key}` },
  }
}

const slug = (title: string): string => encodeURIComponent(title).replaceAll('%20', '+')

/** The space of a page; its reader sees it. */
export function spaceKeyed(context: WikiContext, key: string): Space {
  const space = visibleSpaces(context).find((one) => one.key === key)
  if (space) return space
  throw invalidParameter(`There is no space ${key}`)
}

/** The addresses of a page below the base: to read it, to edit it, and a short one. */
export function pageLinks({ id, space, title }: Pick<Page, 'id' | 'space' | 'title'>) {
  const short = Buffer.from(Uint32Array.of(Number(id)).buffer)
    .toString('base64')
    .replace(/A*=*$/, '')
  return {
    editui: `/pages/resumedraft.action?draftId=${id}`,
    webui: `/spaces/${space}/pages/${id}/${slug(title)}`,
    edituiv2: `/spaces/${space}/pages/edit-v2/${id}`,
    tinyui: `/x/${short.replaceAll('+', '_').replaceAll('/', '-')}`,
  }
}

/** The text of a page in one of its representations. */
function bodyIn(format: BodyFormat, text: string): object {
  const document = documentOf(text) ?? { type: 'doc', version: 1, content: [] }
  const value = format === 'atlas_doc_format' ? JSON.stringify(document) : markupOf(document)
  return { [format]: { representation: format, value } }
}

/** A page; without a format there is no text in it. */
export function pageShape(context: WikiContext, page: Page, format: BodyFormat | null) {
  const space = spaceKeyed(context, page.space)
  const authorId = idOf(context, page.author)
  return {
    id: page.id,
    status: page.status,
    title: page.title,
    spaceId: space.id,
    parentId: page.parentId,
    parentType: page.parentId === null ? null : 'page',
    position: Number(page.id) % 1000,
    authorId,
    ownerId: authorId,
    lastOwnerId: null,
    createdAt: time(page.createdAt),
    version: {
      number: page.version,
      message: page.message,
      minorEdit: false,
      authorId: idOf(context, page.updatedBy),
      createdAt: time(page.updatedAt),
      ncsStepVersion: String(page.version),
    },
    body: format === null ? {} : bodyIn(format, page.body),
    _links: pageLinks(page),
  }
}
