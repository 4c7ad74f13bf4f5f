import { ProviderFailure } from '#lib/providers/api.ts'
import type { Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { listDrafts } from './articles.ts'
import { listContacts } from './contacts.ts'
import { listConversations } from './conversations.ts'
import { readSectionId } from './ids.ts'
import { type SectionName, sectionId, sectionNames, titles } from './section-ids.ts'

const SHOWN = 5

const firstOf: Record<SectionName, (api: Api) => Promise<readonly Resource[]>> = {
  conversations: async (api) => (await listConversations(api, { count: SHOWN })).items,
  contacts: async (api) => (await listContacts(api, { count: SHOWN })).items,
  drafts: async (api) => (await listDrafts(api, {})).items.slice(0, SHOWN),
}

/** What is customers' or not published is nobody else's until an admin turns it on. */
const section = (api: Api, name: SectionName): Resource => ({
  kind: 'section',
  id: sectionId(api, name),
  title: titles[name],
  url: '',
  isPrivate: true,
})

/** One section with what is first in it. Throws ProviderFailure, also where Plugboard may not read what is in it. */
export async function readSection(api: Api, id: string): Promise<Resource> {
  const named = readSectionId(api, id)
  const name = sectionNames.find((one) => one === named)
  if (!name) throw new ProviderFailure('not_found')
  const hits = (await firstOf[name](api)).map(({ title, url, body }) => ({ title, url, detail: body?.state ?? '' }))
  return { ...section(api, name), body: { hits } }
}

export const sections: Reader = {
  kind: 'section',
  name: 'Section',
  looks: 'found',
  children: ['conversation', 'contact', 'article'],
  list: async (api) => ({ items: sectionNames.map((name) => section(api, name)) }),
  read: readSection,
}
