import { z } from 'zod'

/** First path segments of our own, which an organization may not take. */
const reservedSlugs = [
  'account',
  'api',
  'connect',
  'dev',
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
]

export const RoleName = z.enum(['owner', 'admin', 'member', 'reviewer', 'guest'])
export type RoleName = z.infer<typeof RoleName>

export const Slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, { error: 'Use 1 to 40 lowercase letters, digits and hyphens.' })
  .refine((slug) => !reservedSlugs.includes(slug), {
    error: 'This address is taken by a page of ours. Choose another.',
  })
export const OrgParams = z.object({ org: z.string().max(64) })
export const Email = z
  .email({ error: 'Enter an email address, like dana@acme.example.' })
  .max(254)
  .transform((value) => value.toLowerCase())
export const Password = z.string().min(10, { error: 'Use at least 10 characters.' }).max(200)
export const PersonName = z.string().trim().min(1, { error: 'Enter a name.' }).max(80)
export const OrganizationName = z.string().trim().min(1, { error: 'Enter a name.' }).max(80)

export const OrganizationView = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  role: RoleName,
  whoMayConnect: z.enum(['admins', 'members']),
  atlassianMode: z.enum(['standard', 'native']),
})
export type OrganizationView = z.infer<typeof OrganizationView>

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
