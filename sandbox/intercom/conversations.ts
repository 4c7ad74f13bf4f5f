import type { Call } from '#sandbox/http.ts'
import { type Context, requirePermission } from './access.ts'
import { cursorPage, type Order, perPageOf } from './paging.ts'
import { notFound } from './refusal.ts'
import { readSearch } from './search-body.ts'
import { CONVERSATION_FIELDS } from './search-fields.ts'
import { conversationShape, wholeConversation } from './shapes.ts'
import type { Conversation } from './state.ts'

const PER_PAGE = 20
const NEWEST: Order<Conversation> = {
  isDescending: true,
  keyOf: ({ updatedAt }) => updatedAt * 1000,
  idOf: ({ id }) => id,
}

/** GET /conversations, the last changed first. */
export function listConversations({ query }: Call, _params: unknown, context: Context): object {
  requirePermission(context, 'conversations')
  const perPage = perPageOf(query.get('per_page'), PER_PAGE)
  const wanted = { perPage, after: query.get('starting_after') }
  return listed(context, cursorPage(context.caller.workspace.conversations, wanted, NEWEST))
}

/** POST /conversations/search. */
export function searchConversations(call: Call, _params: unknown, context: Context): object {
  requirePermission(context, 'conversations')
  const { workspace } = context.caller
  const { matches, wanted, order } = readSearch(call, {
    workspace,
    fields: CONVERSATION_FIELDS,
    perPage: PER_PAGE,
    isByDay: false,
    otherwise: NEWEST,
  })
  const found = workspace.conversations.filter(matches)
  return listed(context, cursorPage(found, wanted, order))
}

function listed({ caller, version }: Context, { shown, ...page }: ReturnType<typeof cursorPage<Conversation>>): object {
  return {
    type: 'conversation.list',
    ...page,
    conversations: shown.map((one) => conversationShape(caller.workspace, one, version)),
  }
}

/** GET /conversations/{id}, its bodies as HTML unless plain text is asked for. */
export function showConversation({ query }: Call, { id = '' }: Record<string, string>, context: Context): object {
  requirePermission(context, 'conversations')
  const { workspace } = context.caller
  const conversation = workspace.conversations.find((one) => one.id === id)
  if (!conversation) throw notFound()
  return wholeConversation(workspace, conversation, context.version, query.get('display_as') === 'plaintext')
}
