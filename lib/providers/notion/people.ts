import { z } from 'zod'
import type { Api } from '#lib/providers/define-api.ts'

const Person = z.object({ name: z.string().nullish() })

/** What somebody is called; people may be read by connections that have the capability for it alone. */
export async function findPerson(api: Api, id: string | undefined): Promise<string> {
  if (id === undefined) return ''
  return (await api(`/users/${encodeURIComponent(id)}`, { schema: Person })).name ?? ''
}
