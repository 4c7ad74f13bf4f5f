import type { Call } from '#sandbox/http.ts'
import type { Context } from './access.ts'
import {
  joinConversation,
  listConversations,
  listMembers,
  listOwnConversations,
  showConversation,
} from './conversations.ts'
import { revokeOwnToken, uninstallApp } from './ending.ts'
import type { Tier } from './limits.ts'
import { showHistory, showPermalink, showReplies } from './messages.ts'
import { listPeople, showPerson, showTeam, testAuth } from './people.ts'
import { postMessage } from './post.ts'
import { searchMessages } from './search.ts'

/** A method of the Web API that is called with a token. `accepts` are the scopes its header names. */
type Method = {
  tier: Tier
  accepts: string
  tokens: readonly ('bot' | 'user')[]
  answer: (context: Context, call: Call) => object
}

const ANY = ['bot', 'user'] as const
const READ = 'channels:read,groups:read,mpim:read,im:read'
const HISTORY = 'channels:history,groups:history,mpim:history,im:history'

const method = (tier: Tier, accepts: string, answer: Method['answer'], tokens: Method['tokens'] = ANY): Method => ({
  tier,
  accepts,
  answer,
  tokens,
})

// Tiers: docs.slack.dev/reference/methods, one page each.
const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': method('special', '', testAuth),
  'auth.revoke': method(3, '', revokeOwnToken),
  'apps.uninstall': method(1, '', (context, call) => uninstallApp(call, context)),
  'team.info': method(3, 'team:read', showTeam),
  'users.list': method(2, 'users:read', listPeople),
  'users.info': method(4, 'users:read', showPerson),
  'users.conversations': method(3, READ, listOwnConversations),
  'conversations.list': method(2, READ, listConversations),
  'conversations.info': method(3, READ, showConversation),
  'conversations.members': method(4, READ, listMembers),
  'conversations.join': method(3, 'channels:join', joinConversation),
  'conversations.history': method(3, HISTORY, showHistory),
  'conversations.replies': method(3, HISTORY, showReplies),
  'chat.getPermalink': method('special', '', showPermalink),
  'chat.postMessage': method('special', 'chat:write', postMessage),
  'search.messages': method(2, 'search:read', searchMessages, ['user']),
}

/** A method by its name. */
export const methodOf = (name: string): Method | undefined => (Object.hasOwn(METHODS, name) ? METHODS[name] : undefined)
