import { createHash } from 'node:crypto'
import type { World } from '#sandbox/provider.ts'
import { articles, collections, type StartArticle, type StartCollection } from './data/articles.ts'
import { type StartWorkspace, workspaces } from './data.ts'
import { conversations, people, type StartContact, type StartConversation } from './start-data.ts'
import {
  type Article,
  type Collection,
  type Contact,
  type Conversation,
  type State,
  startSettings,
  type Workspace,
} from './state.ts'

/** The simulated Intercom before anything happened to it. */
export function startState(world: World): State {
  return {
    world,
    settings: startSettings(),
    workspaces: workspaces().map(startWorkspace),
    installed: new Set(),
    tokens: new Map(),
    codes: new Map(),
    requests: new Map(),
    used: new Map(),
    nextId: 900_000,
  }
}

const seconds = (at: string): number => Date.parse(`${at}Z`) / 1000

/** The id of a contact: 24 hexadecimal digits. */
const contactId = (domain: string, key: string): string =>
  createHash('sha256').update(`contact ${domain} ${key}`).digest('hex').slice(0, 24)

/** Text as Intercom keeps it: paragraphs of HTML. */
export const htmlOf = (...paragraphs: readonly string[]): string =>
  paragraphs
    .map((text) => `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`)
    .join('')

function startWorkspace(start: StartWorkspace): Workspace {
  const { teamId: _, createdAt, ...about } = start
  const { domain } = about
  const contacts = (people[domain] ?? []).map((one, index) => startContact(start, one, index))
  return {
    ...about,
    createdAt: seconds(createdAt),
    hasPlan: true,
    contacts,
    conversations: (conversations[domain] ?? []).map((one) => startConversation(start, contacts, one)),
    articles: (articles[domain] ?? []).map((one) => startArticle(start, one)),
    collections: (collections[domain] ?? []).map((one) => startCollection(domain, one)),
  }
}

const adminId = ({ admins }: StartWorkspace, login: string): string | null =>
  admins.find((one) => one.login === login)?.id ?? null

function startContact(start: StartWorkspace, one: StartContact, index: number): Contact {
  const { domain } = start
  const { role } = one
  return {
    id: contactId(domain, one.key),
    externalId: role === 'user' ? String(70 + index) : null,
    role,
    email: one.email,
    name: one.name,
    phone: one.phone ?? null,
    ownerId: one.owner === undefined ? null : adminId(start, one.owner),
    city: one.place?.[0] ?? null,
    country: one.place?.[1] ?? null,
    createdAt: seconds(one.since),
    updatedAt: Math.max(seconds(one.since), seconds('2026-11-01T06:00') + index * 97_000),
    lastSeenAt: role === 'user' ? seconds('2026-11-02T06:00') + index * 97_000 : null,
    mergedInto: one.mergedInto === undefined ? null : contactId(domain, one.mergedInto),
  }
}

function startConversation(start: StartWorkspace, contacts: readonly Contact[], one: StartConversation): Conversation {
  const from = contactId(start.domain, one.from)
  const contact = contacts.find(({ id }) => id === from)
  const parts = one.parts.map(([at, who, text, type], index) => {
    const id = adminId(start, who)
    const author =
      who === 'fin'
        ? { kind: 'bot' as const, id: '278' }
        : id === null
          ? { kind: contact?.role ?? ('user' as const), id: from }
          : { kind: 'admin' as const, id }
    return {
      id: Number(one.id) * 100 + index,
      type,
      body: text === null ? null : htmlOf(text),
      at: seconds(at),
      author,
    }
  })
  const last = parts.at(-1)
  return {
    id: one.id,
    contactId: from,
    channel: one.isEmail ? 'email' : 'conversation',
    subject: one.subject,
    body: htmlOf(one.text),
    title: one.title,
    state: one.state,
    isRead: last?.author.kind === 'admin',
    priority: one.priority,
    createdAt: seconds(one.at),
    updatedAt: last?.at ?? seconds(one.at),
    adminId: one.assignee === undefined ? null : adminId(start, one.assignee),
    teamId: one.assignee === undefined ? null : start.teamId,
    tags: [...one.tags],
    hasAgent: parts.some(({ author }) => author.kind === 'bot'),
    parts,
  }
}

function startArticle(start: StartWorkspace, one: StartArticle): Article {
  const collection = collections[start.domain]?.find(({ name }) => name === one.collection)
  return {
    id: one.id,
    title: one.title,
    description: one.description,
    body: htmlOf(...one.text),
    authorId: adminId(start, one.author) ?? '0',
    state: one.isDraft ? 'draft' : 'published',
    collectionId: collection?.id ?? null,
    createdAt: seconds(one.at),
    updatedAt: seconds(one.changed),
  }
}

const startCollection = (domain: string, { id, name, description, parent, at }: StartCollection): Collection => ({
  id,
  name,
  description: description ?? null,
  parentId: collections[domain]?.find((one) => one.name === parent)?.id ?? null,
  at: seconds(at),
})
