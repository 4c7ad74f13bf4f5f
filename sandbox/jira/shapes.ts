import type { Account } from '#sandbox/atlassian/state.ts'
import { accountOf } from '#sandbox/atlassian/state.ts'
import type { JiraContext, Project } from './state.ts'

const SIZES = { '48x48': 48, '24x24': 24, '16x16': 16, '32x32': 32 }

/** A time as Jira writes it: milliseconds, and an offset without a colon. */
export const timestamp = (at: number): string => new Date(at).toISOString().replace('Z', '+0000')

/** The address of something in this API, as its caller reaches it. */
export const rest = ({ caller }: JiraContext, path: string): string => `${caller.self}/rest/api/3/${path}`

function avatars(link: (size: number) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(SIZES).map(([name, size]) => [name, link(size)]))
}

/** Somebody as they stand in an issue; the e-mail address only where they show it. */
export function personShape(context: JiraContext, email: string | null): object | null {
  const account = email === null ? undefined : accountOf(context.state, email)
  return account ? userShape(context, account) : null
}

/** Somebody as an account of the site. */
export function userShape(context: JiraContext, account: Account) {
  const { id, email, name, timeZone, showsEmail } = account
  const isSelf = context.caller.account?.id === id
  return {
    self: rest(context, `user?accountId=${encodeURIComponent(id)}`),
    accountId: id,
    ...((showsEmail || isSelf) && { emailAddress: email }),
    avatarUrls: avatars((size) => `${context.caller.self}/avatars/${encodeURIComponent(id)}?size=${size}`),
    displayName: name,
    active: true,
    timeZone,
    accountType: 'atlassian',
  }
}

/** A project as it stands in a list or an issue. */
export function projectShape(context: JiraContext, project: Project) {
  const { id, key, name, category, style, members, isArchived } = project
  return {
    self: rest(context, `project/${id}`),
    id,
    key,
    name,
    projectTypeKey: 'software',
    simplified: style === 'next-gen',
    avatarUrls: avatars((size) =>
      rest(context, `universal_avatar/view/type/project/avatar/${10_400 + (Number(id) % 20)}?size=${size}`),
    ),
    ...(category !== null && { projectCategory: categoryShape(context, category) }),
    style,
    isPrivate: members !== null,
    ...(isArchived && { archived: true }),
  }
}

function categoryShape(context: JiraContext, name: string) {
  const id = String(10_000 + name.length)
  return { self: rest(context, `projectCategory/${id}`), id, name, description: `${name} projects` }
}
