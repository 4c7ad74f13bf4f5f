import type { Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { workspaceOf } from './ids.ts'

/** What an admin allows on boards as a whole. Articles that are published are everybody's already. */
export const sectionNames = ['conversations', 'contacts', 'drafts'] as const // as const: the names of a union
export type SectionName = (typeof sectionNames)[number]

/** What each is called. */
export const titles: Record<SectionName, string> = {
  conversations: 'Conversations',
  contacts: 'Contacts',
  drafts: 'Draft articles',
}

/** A section is of one workspace: what was allowed of one says nothing of the next. */
export const sectionId = (api: Api, name: SectionName): string => `${workspaceOf(api)}.${name}`

/** What a thing inside a section says of it; only of an article its kind does not tell. */
export const inSection = (api: Api, name: SectionName): Partial<Resource> => ({
  parent: sectionId(api, name),
  ...(name === 'drafts' ? { container: titles[name] } : {}),
  containerId: sectionId(api, name),
  isPrivate: true,
})

/** Whether a list of what is in `parent` is a list of this section's things. */
export const isOf = (api: Api, parent: string | undefined, name: SectionName): boolean =>
  parent === undefined || parent === sectionId(api, name)
