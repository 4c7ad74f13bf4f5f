import { randomBytes } from 'node:crypto'
import { Refused } from '#sandbox/provider.ts'
import type { Parsed } from './control-input.ts'
import { htmlOf } from './start.ts'
import {
  type Article,
  type Contact,
  type Conversation,
  newNumber,
  type Part,
  type State,
  secondsNow,
  type Workspace,
} from './state.ts'

type WantedContact = Omit<Parsed<'contact'>, 'workspace'>
type WantedConversation = Omit<Parsed<'conversation'>, 'workspace'>
type WantedArticle = Omit<Parsed<'article'>, 'workspace'>

/** The contact with an id or an e-mail address. */
export function knownContact({ contacts, domain }: Workspace, key: string): Contact {
  const contact = contacts.find(({ id, email }) => id === key || email === key)
  if (contact) return contact
  throw new Refused(`no contact ${key} in ${domain}`)
}

/** The conversation with an id. */
export function knownConversation({ conversations, domain }: Workspace, key: string): Conversation {
  const conversation = conversations.find(({ id }) => id === key)
  if (conversation) return conversation
  throw new Refused(`no conversation ${key} in ${domain}`)
}

/** The article with an id. */
export function knownArticle({ articles, domain }: Workspace, key: string): Article {
  const article = articles.find(({ id }) => id === key)
  if (article) return article
  throw new Refused(`no article ${key} in ${domain}`)
}

/** Makes a contact, or changes one. */
export function setContact(state: State, workspace: Workspace, wanted: WantedContact): Contact {
  const now = secondsNow(state)
  const contact = wanted.contact === undefined ? newContact(now) : knownContact(workspace, wanted.contact)
  if (wanted.contact === undefined) workspace.contacts.push(contact)
  contact.name = wanted.name === undefined ? contact.name : wanted.name
  contact.email = wanted.email === undefined ? contact.email : wanted.email
  contact.role = wanted.role ?? contact.role
  contact.updatedAt = now
  if (wanted.mergeInto !== undefined) contact.mergedInto = knownContact(workspace, wanted.mergeInto).id
  return contact
}

const newContact = (now: number): Contact => ({
  id: randomBytes(12).toString('hex'),
  externalId: null,
  role: 'user',
  email: null,
  name: null,
  phone: null,
  ownerId: null,
  country: null,
  city: null,
  createdAt: now,
  updatedAt: now,
  lastSeenAt: null,
  mergedInto: null,
})

/** Makes a conversation, or changes one. */
export function setConversation(state: State, workspace: Workspace, wanted: WantedConversation): Conversation {
  const now = secondsNow(state)
  const contact = wanted.contact === undefined ? workspace.contacts[0] : knownContact(workspace, wanted.contact)
  const conversation =
    wanted.id === undefined
      ? newConversation(String(newNumber(state)), contact?.id ?? '', now)
      : knownConversation(workspace, wanted.id)
  if (wanted.id === undefined) workspace.conversations.push(conversation)
  if (wanted.contact !== undefined && contact) conversation.contactId = contact.id
  conversation.title = wanted.title === undefined ? conversation.title : wanted.title
  conversation.body = wanted.text === undefined ? conversation.body : htmlOf(wanted.text)
  conversation.state = wanted.state ?? conversation.state
  conversation.priority = wanted.priority ?? conversation.priority
  if (wanted.assignee !== undefined)
    conversation.adminId = wanted.assignee === null ? null : adminOf(workspace, wanted.assignee)
  if (wanted.reply) conversation.parts.push(partOf(state, workspace, conversation, wanted.reply))
  conversation.updatedAt = now
  return conversation
}

function adminOf({ admins, domain }: Workspace, login: string): string {
  const admin = admins.find((one) => one.login === login)
  if (admin) return admin.id
  throw new Refused(`nobody called ${login} in ${domain}`)
}

const newConversation = (id: string, contactId: string, now: number): Conversation => ({
  id,
  contactId,
  channel: 'conversation',
  subject: '',
  body: htmlOf('Hello'),
  title: null,
  state: 'open',
  isRead: false,
  priority: 'none',
  createdAt: now,
  updatedAt: now,
  adminId: null,
  teamId: null,
  tags: [],
  hasAgent: false,
  parts: [],
})

function partOf(
  state: State,
  workspace: Workspace,
  { contactId }: Conversation,
  { from, text, type }: NonNullable<WantedConversation['reply']>,
): Part {
  const role = workspace.contacts.find(({ id }) => id === contactId)?.role ?? 'user'
  const author: Part['author'] =
    from === 'customer'
      ? { kind: role, id: contactId }
      : from === 'fin'
        ? { kind: 'bot', id: '278' }
        : { kind: 'admin', id: adminOf(workspace, from) }
  return { id: newNumber(state), type, body: htmlOf(text), at: secondsNow(state), author }
}

/** Makes an article, or changes one. */
export function setArticle(state: State, workspace: Workspace, wanted: WantedArticle): Article {
  const now = secondsNow(state)
  const article: Article =
    wanted.id === undefined
      ? {
          id: String(newNumber(state)),
          title: 'New article',
          description: '',
          body: '',
          authorId: workspace.admins[0]?.id ?? '0',
          state: 'published',
          collectionId: null,
          createdAt: now,
          updatedAt: now,
        }
      : knownArticle(workspace, wanted.id)
  if (wanted.id === undefined) workspace.articles.push(article)
  article.title = wanted.title ?? article.title
  article.body = wanted.text === undefined ? article.body : htmlOf(wanted.text)
  article.state = wanted.state ?? article.state
  article.updatedAt = now
  return article
}

/** Deletes something. */
export function removeThing(workspace: Workspace, kind: Parsed<'remove'>['kind'], id: string): void {
  if (kind === 'conversation') {
    const gone = knownConversation(workspace, id)
    workspace.conversations = workspace.conversations.filter((one) => one !== gone)
  } else if (kind === 'contact') {
    const gone = knownContact(workspace, id)
    workspace.contacts = workspace.contacts.filter((one) => one !== gone)
  } else {
    const gone = knownArticle(workspace, id)
    workspace.articles = workspace.articles.filter((one) => one !== gone)
  }
}

/** Adds many of a kind. */
export function fill(state: State, workspace: Workspace, { kind, count, conversation }: Parsed<'fill'>): void {
  for (let number = 1; number <= count; number += 1) {
    if (kind === 'contacts') setContact(state, workspace, { name: `Customer ${number}` })
    if (kind === 'articles') setArticle(state, workspace, { title: `Article ${number}` })
    if (kind === 'conversations') setConversation(state, workspace, { title: `Question ${number}` })
    if (kind === 'parts')
      setConversation(state, workspace, {
        id: conversation,
        reply: { from: 'customer', text: `Word ${number}`, type: 'comment' },
      })
  }
}
