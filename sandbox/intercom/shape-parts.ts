import type { Admin, AuthorKind, Conversation, Workspace } from './state.ts'

const BOT = { type: 'bot', id: '278', name: 'Fin', email: 'operator+acme@intercom.example' }

/** Who wrote something. A contact without a name has none here either. */
export function authorShape(workspace: Workspace, { kind, id }: { kind: AuthorKind; id: string }): object {
  if (kind === 'bot') return BOT
  const known = kind === 'admin' ? workspace.admins : workspace.contacts
  const person = known.find((one) => one.id === id)
  return { type: kind, id, name: person?.name ?? null, email: person?.email ?? null }
}

/** HTML as `display_as=plaintext` gives it. */
export const plainText = (html: string): string =>
  html
    .replace(/<\/p>\s*<p>/g, '\n\n')
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** The id of a tag: one for each name. */
export const tagId = (name: string): string =>
  String([...name].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 900_000, 7) + 100_000)

/** The tags of a conversation, and who put them there. */
export function tagsShape({ admins }: Workspace, { tags, createdAt, adminId }: Conversation): object {
  const [first] = admins
  const by = { type: 'admin', id: adminId ?? first?.id ?? '0' }
  const all = tags.map((name) => ({ type: 'tag', id: tagId(name), name, applied_at: createdAt, applied_by: by }))
  return { type: 'tag.list', tags: all }
}

/** A teammate as lists of teammates have them. */
export const adminShape = ({ id, name, email, hasSeat }: Admin) => ({
  type: 'admin',
  email,
  id,
  name,
  away_mode_enabled: false,
  away_mode_reassign: false,
  has_inbox_seat: hasSeat,
  team_ids: [],
})
