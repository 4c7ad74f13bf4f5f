import { randomUUID } from 'node:crypto'
import { type Answer, type Call, json } from '#sandbox/http.ts'
import { type Route, router } from '#sandbox/route.ts'
import { type Context, identify, requireAccept, versionOf } from './access.ts'
import { listAdmins, showAdmin, showMe } from './admins.ts'
import {
  listArticles,
  listCollections,
  listHelpCenters,
  searchArticles,
  showArticle,
  showCollection,
} from './articles.ts'
import { listContacts, searchContacts, showContact } from './contacts.ts'
import { listConversations, searchConversations, showConversation } from './conversations.ts'
import { count } from './limits.ts'
import { notFound, Refusal, refused } from './refusal.ts'
import type { State } from './state.ts'

type Read = (call: Call, params: Record<string, string>, context: Context) => object

const endpoint = (line: string, read: Read): Route<Context, null> => {
  const [method = '', pattern = ''] = line.split(' ')
  const handler = (call: Call, params: Record<string, string>, context: Context) =>
    json(200, read(call, params, context))
  return { method, pattern, handler, about: null }
}

const find = router([
  endpoint('GET /me', showMe),
  endpoint('GET /admins', listAdmins),
  endpoint('GET /admins/{id}', showAdmin),
  endpoint('GET /conversations', listConversations),
  endpoint('POST /conversations/search', searchConversations),
  endpoint('GET /conversations/{id}', showConversation),
  endpoint('GET /contacts', listContacts),
  endpoint('POST /contacts/search', searchContacts),
  endpoint('GET /contacts/{id}', showContact),
  endpoint('GET /articles', listArticles),
  endpoint('GET /articles/search', searchArticles),
  endpoint('GET /articles/{id}', showArticle),
  endpoint('GET /help_center/collections', listCollections),
  endpoint('GET /help_center/collections/{id}', showCollection),
  endpoint('GET /help_center/help_centers', listHelpCenters),
])

/** Answers one request of an app that has a token. Only those with a good one are told what is left of the limit. */
export async function answerApi(call: Call, state: State): Promise<Answer> {
  const headers: Record<string, string> = {}
  try {
    const caller = identify(call, state)
    Object.assign(headers, count(state, caller.workspace))
    requireAccept(call)
    const version = versionOf(call, state)
    headers['intercom-version'] = version.name
    const found = find(call.method, call.rest)
    if (!found) throw notFound()
    const answer = await found.handler(call, found.params, { state, caller, version })
    return { ...answer, headers: { 'x-request-id': randomUUID(), ...headers, ...answer.headers } }
  } catch (problem) {
    if (problem instanceof Refusal) return refused(problem, headers)
    throw problem
  }
}
