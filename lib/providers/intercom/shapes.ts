import { z } from 'zod'

/** Most ids are texts of digits, some are numbers. */
export const Id = z.union([z.string(), z.number()]).transform(String)

/** Unix seconds as an ISO instant. */
export const Instant = z
  .number()
  .nullish()
  .catch(null)
  .transform((seconds) => (seconds ? new Date(seconds * 1000).toISOString() : undefined))

/** Somebody, by name and address (developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_part_author). */
export const Person = z.object({
  type: z.string().nullish(),
  name: z.string().nullish().catch(null),
  email: z.string().nullish().catch(null),
})
export type Person = z.infer<typeof Person>

/** What somebody is called; an address is no name. Empty where nobody told. */
export function nameOf({ name }: Pick<Person, 'name'>): string {
  const told = name?.trim() ?? ''
  return told.includes('@') ? '' : told
}

/** Whether what is typed may be looked for: part of an address would tell, letter by letter, whose it is. */
export const mayName = (typed: string): boolean => !typed.includes('@')

/** What owners and admins see of somebody besides. */
export const forAdmins = (person: Pick<Person, 'email'> | undefined): { forAdmins?: { email: string } } =>
  person?.email ? { forAdmins: { email: person.email } } : {}

/** A list; one of its things that cannot be read is left out and costs none of the others. */
export const listOf = <T>(item: z.ZodType<T>) =>
  z.array(item.nullable().catch(null)).transform((found) => found.flatMap((one) => (one === null ? [] : [one])))

const Next = z.union([z.string(), z.object({ page: z.number().optional(), starting_after: z.string().nullish() })])

/** How a list goes on (developers.intercom.com/docs/build-an-integration/learn-more/rest-apis/pagination-cursor): some still name an address. */
export const Pages = z
  .object({ next: Next.nullish().catch(null) })
  .nullish()
  .catch(null)
type Pages = z.infer<typeof Pages>

/** What leads to the next page, by the parameter that asks for it; undefined on the last. */
export function nextOf(pages: Pages | undefined, by: 'starting_after' | 'page'): string | undefined {
  const next = pages?.next
  if (!next) return undefined
  if (typeof next === 'string') return URL.parse(next, 'https://api.intercom.io')?.searchParams.get(by) ?? undefined
  return by === 'page' ? next.page?.toString() : (next.starting_after ?? undefined)
}
