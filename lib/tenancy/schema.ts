import { z } from 'zod'
import { pageOf } from '#lib/platform/schema.ts'

/** First path segments of our own, which an organization may not take. */
export const reservedSlugs = [
  'account',
  'api',
  'connect',
  'dev',
  'docs',
  'integration',
  'integrations',
  'invite',
  'login',
  'new',
  'signup',
  'reset',
  'confirm',
  'signout',
  'problems',
  'providers',
]

export const RoleName = z.enum(['owner', 'admin', 'member', 'reviewer', 'guest'])
export type RoleName = z.infer<typeof RoleName>
/** The roles as words for people. */
export const roleLabels: Readonly<Record<RoleName, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  member: 'Member',
  reviewer: 'Compliance reviewer',
  guest: 'Guest',
}
/** What each role is for, in the order in which they are offered. */
export const roleDescriptions: readonly { role: RoleName; can: string }[] = [
  { role: 'owner', can: 'Everything an admin can, and decides who is an owner.' },
  { role: 'admin', can: 'Connects and disconnects tools for the organization, manages members, reads the audit log.' },
  { role: 'member', can: 'Connects their own accounts, makes and edits boards, asks for a connection.' },
  { role: 'reviewer', can: 'Reads connections, logs and the audit log. Changes nothing.' },
]

export const Slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, {
    error: 'Address has something else than lowercase letters, digits and hyphens, or is longer than 40.',
  })
  .refine((slug) => !reservedSlugs.includes(slug), {
    error: 'Address is one of our own pages. Choose another.',
  })
/** The longest address of an organization. */
export const SLUG_LENGTH = 40

/** Latin letters that Unicode does not take apart into a letter and a mark. */
const wholeLetters: Readonly<Record<string, string>> = {
  æ: 'ae',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ø: 'o',
  œ: 'oe',
  ß: 'ss',
  þ: 'th',
}

/** An address made of a name: "Zażółć & Søn" becomes zazolc-son. Empty when the name has no letter or digit of a-z, 0-9. */
export function slugOf(name: string): string {
  const plain = name.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  return plain
    .replace(/[æđðłøœßþ]/g, (letter) => wholeLetters[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, SLUG_LENGTH)
    .replace(/-$/, '')
}

export const OrgParams = z.object({ org: z.string().max(64) })
export const Email = z
  .email({ error: 'Email address is not complete. Write it like dana@acme.example.' })
  .max(254, { error: 'Email address is too long.' })
  .transform((value) => value.toLowerCase())
const Password = z
  .string({ error: 'Password is missing.' })
  .min(10, { error: 'Password is too short. Use at least 10 characters.' })
  .max(200, { error: 'Password is too long. Use at most 200 characters.' })

const oneLine = (label: string) =>
  z
    .string({ error: `${label} is missing.` })
    .trim()
    .min(1, { error: `${label} is empty. Type one.` })
    .max(80, { error: `${label} is too long. Use at most 80 characters.` })
    .regex(/^\P{Cc}*$/u, { error: `${label} has an invisible character. Type it again.` })
const PersonName = oneLine('Name')
const OrganizationName = oneLine('Organization name')

/** The token at the end of a mailed link: 32 random bytes, base64url. */
const LinkToken = z.string().regex(/^[\w-]{20,100}$/, { error: 'Link is not complete. Open it from the mail again.' })

export const OrganizationView = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  role: RoleName,
  whoMayConnect: z.enum(['admins', 'members']),
  atlassianMode: z.enum(['standard', 'native']),
  /** Whether members may ask boards, which sends what their cards show to a model. */
  askBoards: z.boolean(),
  /** Who may make API tokens: owners and admins, or members too. */
  whoMayMakeTokens: z.enum(['admins', 'members']),
})
export type OrganizationView = z.infer<typeof OrganizationView>

/** One of the organizations of the person who asks. */
export const MembershipView = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  role: RoleName,
  /** How many tools need attention there; 0 for guests, who are not told. */
  attention: z.int().nonnegative(),
})
export type MembershipView = z.infer<typeof MembershipView>

export const PersonView = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  emailConfirmed: z.boolean(),
})
export type PersonView = z.infer<typeof PersonView>

export const MemberView = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: RoleName,
  joinedAt: z.iso.datetime(),
  lastActiveAt: z.iso.datetime().nullable(),
})
export type MemberView = z.infer<typeof MemberView>

export const InvitationView = z.object({
  id: z.uuid(),
  email: z.string(),
  role: RoleName,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  invitedBy: z.string().nullable(),
})
export type InvitationView = z.infer<typeof InvitationView>

export const InvitationSent = InvitationView.extend({
  /** False when the mail server did not take the mail; the invitation stands and can be sent again. */
  mailed: z.boolean(),
})
export type InvitationSent = z.infer<typeof InvitationSent>

export const InvitationPreview = z.object({
  organization: z.string(),
  email: z.string(),
  role: RoleName,
  invitedBy: z.string().nullable(),
  hasAccount: z.boolean(),
})
export type InvitationPreview = z.infer<typeof InvitationPreview>

export const OwnInvitationView = z.object({
  id: z.uuid(),
  organization: z.string(),
  role: RoleName,
  expiresAt: z.iso.datetime(),
})
export type OwnInvitationView = z.infer<typeof OwnInvitationView>

export const OrganizationList = pageOf(MembershipView)
export type OrganizationList = z.infer<typeof OrganizationList>
export const MemberList = pageOf(MemberView)
export type MemberList = z.infer<typeof MemberList>
export const InvitationList = pageOf(InvitationView)
export type InvitationList = z.infer<typeof InvitationList>
export const OwnInvitationList = pageOf(OwnInvitationView)

export const SignUpInput = z
  .object({
    name: PersonName,
    email: Email,
    password: Password,
    organization: OrganizationName.optional(),
    /** The token of an invitation's link, instead of an organization of one's own. */
    invitation: LinkToken.optional(),
  })
  .refine(({ organization, invitation }) => organization !== undefined || invitation !== undefined, {
    path: ['organization'],
    error: 'Enter a name for your organization.',
  })
export type SignUpInput = z.infer<typeof SignUpInput>
export const SignUpAnswer = z.object({
  user: z.object({ id: z.uuid() }),
  organization: z.object({ id: z.uuid(), slug: z.string() }),
})
export type SignUpAnswer = z.infer<typeof SignUpAnswer>

export const AccountChange = z.object({
  name: PersonName.optional(),
  password: z.object({ current: z.string().max(200), next: Password }).optional(),
})
export type AccountChange = z.infer<typeof AccountChange>

export const OrganizationInput = z.object({ name: OrganizationName, slug: Slug.optional() })
export const OrganizationAnswer = z.object({ id: z.uuid(), slug: z.string() })
export type OrganizationAnswer = z.infer<typeof OrganizationAnswer>
export const OrganizationChange = z.object({
  name: OrganizationName.optional(),
  whoMayConnect: z.enum(['admins', 'members']).optional(),
  atlassianMode: z.enum(['standard', 'native']).optional(),
  askBoards: z.boolean().optional(),
  whoMayMakeTokens: z.enum(['admins', 'members']).optional(),
})
export type OrganizationChange = z.infer<typeof OrganizationChange>

export const MemberParams = OrgParams.extend({ member: z.uuid() })
export const RoleChange = z.object({ role: RoleName })
export const InvitationInput = z.object({ email: Email, role: RoleName })
export const InvitationParams = OrgParams.extend({ invitation: z.uuid() })
export const OwnInvitationParams = z.object({ invitation: z.uuid() })
export const LinkParams = z.object({ token: LinkToken })
export const EmailInput = z.object({ email: Email })
export const PasswordInput = z.object({ password: Password })

/** A path of our own to go back to after signing in; anything else reads as the start page. */
export const ReturnPath = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u)
  .catch('/')

/** "Ask Dana or Sam.": whom to turn to for what one may not do oneself. Empty when there is nobody to name. */
export function askOneOf(names: readonly string[]): string {
  if (names.length === 0) return ''
  return `Ask ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}.`
}

/** How many API tokens of one person work, by the organization they open. */
export const OwnTokens = z.array(z.object({ org: z.string(), name: z.string(), count: z.int() }))
export type OwnTokens = z.infer<typeof OwnTokens>
/** After a reset nobody is signed in, so what goes on all the same is told with it. */
export const ResetAnswer = z.object({ apiTokens: OwnTokens })
export type ResetAnswer = z.infer<typeof ResetAnswer>
