import type { Version } from './access.ts'
import { authorShape, plainText, tagsShape } from './shape-parts.ts'
import type { Conversation, Part, Workspace } from './state.ts'

const LARGEST_PARTS = 500

/** A conversation as lists and searches give it: without its parts. */
export function conversationShape(
  workspace: Workspace,
  conversation: Conversation,
  version: Version,
  isPlain = false,
): object {
  const { contactId, adminId } = conversation
  const contact = workspace.contacts.find(({ id }) => id === contactId)
  return {
    type: 'conversation',
    id: conversation.id,
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
    waiting_since: waitingSince(conversation),
    snoozed_until: conversation.state === 'snoozed' ? conversation.updatedAt + 86_400 : null,
    source: sourceShape(workspace, conversation, isPlain),
    contacts: {
      type: 'contact.list',
      contacts: [{ type: 'contact', id: contactId, external_id: contact?.externalId ?? null }],
    },
    first_contact_reply: { created_at: conversation.createdAt, type: conversation.channel, url: null },
    admin_assignee_id: adminId === null ? null : Number(adminId),
    team_assignee_id: conversation.teamId,
    open: conversation.state === 'open',
    state: conversation.state,
    read: conversation.isRead,
    tags: tagsShape(workspace, conversation),
    priority: priorityOf(conversation, version),
    sla_applied: null,
    statistics: null,
    conversation_rating: null,
    teammates: teammatesShape(conversation),
    title: conversation.title,
    custom_attributes: {},
    topics: {},
    ticket: null,
    linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
    ai_agent: null,
    ai_agent_participated: conversation.hasAgent,
  }
}

function sourceShape(workspace: Workspace, conversation: Conversation, isPlain: boolean): object {
  const { id, channel, subject, body, contactId } = conversation
  const contact = workspace.contacts.find((one) => one.id === contactId)
  return {
    type: channel,
    id: String(Number(id) + 403_000_000),
    delivered_as: 'customer_initiated',
    subject,
    body: isPlain ? plainText(body) : body,
    author: authorShape(workspace, { kind: contact?.role ?? 'user', id: contactId }),
    attachments: [],
    url: null,
    redacted: false,
  }
}

/** Since when a customer waits for an answer, or null when the last word is the team's. */
export function waitingSince({ createdAt, state, parts }: Conversation): number | null {
  if (state === 'closed') return null
  const said = parts.filter(({ type }) => type === 'comment')
  const answered = said.findLastIndex(({ author }) => author.kind === 'admin' || author.kind === 'bot')
  if (answered < 0) return createdAt
  return said[answered + 1]?.at ?? null
}

const priorityOf = ({ priority }: Conversation, { hasPriorities }: Version): string => {
  if (hasPriorities) return priority
  return priority === 'high' || priority === 'urgent' ? 'priority' : 'not_priority'
}

function teammatesShape({ parts }: Conversation): object {
  const ids = new Set(parts.flatMap(({ author }) => (author.kind === 'admin' ? [author.id] : [])))
  return { type: 'admin.list', admins: [...ids].map((id) => ({ type: 'admin', id })) }
}

/** One conversation with its parts: the newest 500 of them. */
export function wholeConversation(
  workspace: Workspace,
  conversation: Conversation,
  version: Version,
  isPlain: boolean,
): object {
  const { parts } = conversation
  const shown = parts.slice(-LARGEST_PARTS).map((part) => partShape(workspace, part, isPlain))
  return {
    ...conversationShape(workspace, conversation, version, isPlain),
    conversation_parts: { type: 'conversation_part.list', conversation_parts: shown, total_count: parts.length },
  }
}

function partShape(workspace: Workspace, { id, type, body, at, author }: Part, isPlain: boolean): object {
  return {
    type: 'conversation_part',
    id: String(id),
    part_type: type,
    body: body !== null && isPlain ? plainText(body) : body,
    created_at: at,
    updated_at: at,
    notified_at: at,
    assigned_to: type === 'assignment' ? { type: 'admin', id: author.id } : null,
    author: authorShape(workspace, author),
    attachments: [],
    external_id: null,
    redacted: false,
    email_message_metadata: null,
    state: type === 'close' ? 'closed' : type === 'snoozed' ? 'snoozed' : 'open',
    tags: [],
    event_details: null,
    app_package_code: null,
  }
}
