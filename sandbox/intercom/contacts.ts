import type { Call } from '#sandbox/http.ts'
import { type Context, requirePermission } from './access.ts'
import { contactShape } from './contact-shape.ts'
import { cursorPage, type Order, perPageOf } from './paging.ts'
import { notFound, Refusal } from './refusal.ts'
import { readSearch } from './search-body.ts'
import { CONTACT_FIELDS } from './search-fields.ts'
import type { Contact } from './state.ts'

const PER_PAGE = 50
const NEWEST: Order<Contact> = {
  isDescending: true,
  keyOf: ({ createdAt }) => createdAt * 1000,
  idOf: ({ id }) => id,
}

const living = ({ caller }: Context): Contact[] =>
  caller.workspace.contacts.filter(({ mergedInto }) => mergedInto === null)

/** GET /contacts, the newest first. */
export function listContacts({ query }: Call, _params: unknown, context: Context): object {
  requirePermission(context, 'contacts')
  const wanted = { perPage: perPageOf(query.get('per_page'), PER_PAGE), after: query.get('starting_after') }
  return listed(context, cursorPage(living(context), wanted, NEWEST))
}

/** POST /contacts/search. Times are compared by their days; who was merged is not found. */
export function searchContacts(call: Call, _params: unknown, context: Context): object {
  requirePermission(context, 'contacts')
  const { workspace } = context.caller
  const { matches, wanted, order } = readSearch(call, {
    workspace,
    fields: CONTACT_FIELDS,
    perPage: PER_PAGE,
    isByDay: true,
    otherwise: NEWEST,
  })
  const found = living(context).filter(matches)
  return listed(context, cursorPage(found, wanted, order))
}

function listed(
  { state, caller }: Context,
  { shown, pages, total_count }: ReturnType<typeof cursorPage<Contact>>,
): object {
  return {
    type: 'list',
    data: shown.map((contact) => contactShape(state, caller.workspace, contact)),
    total_count,
    pages,
  }
}

/** GET /contacts/{id}; of one that was merged only where the other is. */
export function showContact(_call: Call, { id = '' }: Record<string, string>, context: Context): object {
  requirePermission(context, 'contacts')
  const { workspace } = context.caller
  const contact = workspace.contacts.find((one) => one.id === id)
  if (!contact) throw notFound()
  if (contact.mergedInto === null) return contactShape(context.state, workspace, contact)
  throw new Refusal(
    410,
    'contact_merged',
    "This contact has been merged. See the 'Link' header for the canonical contact.",
    { link: `</contacts/${contact.mergedInto}>; rel="canonical"` },
  )
}
