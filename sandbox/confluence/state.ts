import type { Context } from '#sandbox/atlassian/product.ts'

/** `members` are those who may view it; null is everybody with Confluence on the site. `isOpen` shows it to who is not signed in. */
export type Space = {
  id: string
  key: string
  name: string
  description: string
  site: string
  type: 'global' | 'collaboration' | 'knowledge_base' | 'personal'
  status: 'current' | 'archived'
  owner: string
  homepageId: string
  createdAt: string
  members: string[] | null
  isOpen: boolean
}
/** `body` is plain text with a blank line between paragraphs; people are e-mail addresses. */
export type Page = {
  id: string
  site: string
  space: string
  title: string
  body: string
  parentId: string | null
  author: string
  createdAt: number
  updatedAt: number
  updatedBy: string
  version: number
  message: string
  status: 'current' | 'archived' | 'draft'
  labels: string[]
  readers: string[] | null
}

/** What the simulated Confluence holds, of every site. */
export type Data = { spaces: Space[]; pages: Page[]; nextId: number }
export type WikiContext = Context<Data>

/** The spaces that the caller may view. */
export const visibleSpaces = ({ data, caller }: WikiContext): Space[] =>
  data.spaces.filter(({ site, members, isOpen }) => {
    if (site !== caller.site.name) return false
    if (!caller.account) return caller.site.anonymous && isOpen
    return members === null || members.includes(caller.account.email)
  })

/** The pages that the caller may view, of every status. A draft is its author's alone. */
export function visiblePages(context: WikiContext): Page[] {
  const { data, caller } = context
  const keys = visibleSpaces(context).map(({ key }) => key)
  const email = caller.account?.email ?? ''
  return data.pages.filter(
    ({ site, space, readers, status, author }) =>
      site === caller.site.name &&
      keys.includes(space) &&
      (readers === null || readers.includes(email)) &&
      (status !== 'draft' || author === email),
  )
}

export const spaceOf = (context: WikiContext, id: string): Space | undefined =>
  visibleSpaces(context).find((space) => space.id === id)

export const pageOf = (context: WikiContext, id: string): Page | undefined =>
  visiblePages(context).find((page) => page.id === id)
