import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Names } from './text.ts'

const Text = z.string().optional().catch(undefined)
const Person = z.object({
  id: z.string(),
  name: Text,
  real_name: Text,
  profile: z.object({ display_name: Text, real_name: Text }).optional().catch(undefined),
})

const nameOf = ({ name, real_name, profile }: z.infer<typeof Person>): string =>
  profile?.display_name || profile?.real_name || real_name || name || ''

async function askFor(api: Api, ids: readonly string[]): Promise<z.infer<typeof Person>[]> {
  const [only] = ids
  if (ids.length === 1 && only) {
    const { user } = await api('/users.info', { query: { user: only }, schema: z.object({ user: Person }) })
    return [user]
  }
  const page = { query: { limit: 200 }, schema: z.object({ members: z.array(Person) }) }
  return (await api('/users.list', page)).members
}

/**
 * The names of these people by one more call: one person by id, several from the first page of the workspace's list. What
 * it does not tell, or may not, stays unknown: no message is kept back for the name of who wrote it.
 */
export async function namesOf(api: Api, ids: readonly string[]): Promise<Names> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  try {
    const found = await askFor(api, wanted)
    return new Map(found.map((person) => [person.id, nameOf(person)] as const).filter(([, name]) => name !== ''))
  } catch (error) {
    const isTelling = error instanceof ProviderFailure && ['expired', 'revoked'].includes(error.failure)
    if (isTelling || !(error instanceof ProviderFailure)) throw error
    return new Map()
  }
}
