import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { searchTitles } from './search-titles.ts'
import { PageObject } from './shapes.ts'

// with the capability to read people their owner has a name, else an id alone
const Owner = z.object({ user: z.object({ name: z.string().nullish() }).nullish() })
const Me = z.object({
  id: z.string(),
  bot: z
    .object({ workspace_name: z.string().nullish(), owner: Owner.nullish().catch(null) })
    .nullish()
    .catch(null),
})

/** Notion tells nowhere what a connection may do: without the capability to read, nothing can be searched. */
async function proveReads(api: Api): Promise<void> {
  try {
    await searchTitles(api, { of: 'page', schema: PageObject, count: 1 })
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.detail !== 'capability') throw error
    throw new ProviderFailure('forbidden', { status: 403, cause: error })
  }
}

/**
 * Whose connection it is (developers.notion.com/reference/get-self): its bot, which stands for one person in one workspace, and
 * is called by the workspace. Throws ProviderFailure `forbidden` where it may read nothing.
 */
export async function identify(api: Api): Promise<Identity> {
  const { id, bot } = await api('/users/me', { schema: Me })
  await proveReads(api)
  const person = bot?.owner?.user?.name
  return { id, label: bot?.workspace_name || 'Notion workspace', ...(person ? { person } : {}) }
}
