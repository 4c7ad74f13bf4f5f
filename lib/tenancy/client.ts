import { queryOptions } from '@tanstack/react-query'
import { ask, request, toProblem } from '#lib/platform/client.ts'
import { Problem } from '#lib/platform/problem.ts'
import type {
  AccountChange,
  InvitationList,
  InvitationSent,
  MemberList,
  MemberView,
  OrganizationAnswer,
  OrganizationChange,
  OrganizationList,
  OrganizationView,
  PersonView,
  ResetAnswer,
  RoleName,
  SignUpAnswer,
} from './schema.ts'

const orgPath = (org: string): string => `/api/v1/orgs/${org}`

/** One's own organizations, with how many tools need attention in each. */
export const ownOrganizations = () =>
  queryOptions({
    queryKey: ['organizations'] as const,
    queryFn: async ({ signal }) => (await ask<OrganizationList>('/api/v1/orgs', { signal })).items,
  })

/** Everybody who belongs to an organization. */
export const membersOf = (org: string) =>
  queryOptions({
    queryKey: ['members', org] as const,
    queryFn: async ({ signal }) => (await ask<MemberList>(`${orgPath(org)}/members`, { signal })).items,
  })

/** Invitations of an organization that nobody has accepted yet. */
export const invitationsOf = (org: string) =>
  queryOptions({
    queryKey: ['invitations', org] as const,
    queryFn: async ({ signal }) => (await ask<InvitationList>(`${orgPath(org)}/invitations`, { signal })).items,
  })

/** Signs in at next-auth's own addresses; the answer sets the session cookie. Throws Problem. */
export async function signIn(email: string, password: string): Promise<void> {
  const { csrfToken } = await ask<{ csrfToken: string }>('/api/auth/csrf') // next-auth's own answer
  const form = new URLSearchParams({ csrfToken, email, password, json: 'true' })
  const response = await fetch('/api/auth/callback/credentials', { method: 'POST', body: form }).catch(() => {
    throw new Problem('unexpected', 'Plugboard cannot be reached. Check your connection and try again.')
  })
  if (response.status === 401) throw new Problem('sign-in-failed', 'The email address or the password is not right.')
  if (!response.ok) throw await toProblem(response)
}

/** What the sign-up form sends; the server says what is missing. */
export type SignUpForm = { name: string; email: string; password: string; organization?: string; invitation?: string }

/** Makes an account. It does not sign in. */
export const signUp = (body: SignUpForm) => ask<SignUpAnswer>('/api/v1/sign-up', { method: 'POST', body })

/** Asks for the mail that lets one set a new password. */
export const requestReset = (email: string) => request('/api/v1/password-resets', { method: 'POST', body: { email } })

/** Sets the new password of a mailed link. */
export const resetPassword = (token: string, password: string) =>
  ask<ResetAnswer>(`/api/v1/password-resets/${token}`, { method: 'POST', body: { password } })

/** Confirms the address of a mailed link. */
export const confirmEmail = (token: string) =>
  request(`/api/v1/email-confirmations/${token}`, { method: 'POST', body: {} })

/** Sends the link that confirms the address once more. */
export const resendConfirmation = () => request('/api/v1/email-confirmations', { method: 'POST', body: {} })

/** Accepts the invitation of a mailed link. */
export const acceptInvitation = (token: string) =>
  ask<OrganizationAnswer>(`/api/v1/invitations/${token}/accept`, { method: 'POST', body: {} })

/** Accepts an invitation of one's own list. */
export const acceptOwnInvitation = (id: string) =>
  ask<OrganizationAnswer>(`/api/v1/me/invitations/${id}/accept`, { method: 'POST', body: {} })

/** Makes another organization. */
export const createOrganization = (body: { name: string; slug?: string }) =>
  ask<OrganizationAnswer>('/api/v1/orgs', { method: 'POST', body })

/** Changes what an organization is called, or its rules. */
export const changeOrganization = (org: string, body: OrganizationChange) =>
  ask<OrganizationView>(orgPath(org), { method: 'PATCH', body })

/** Gives a member another role. */
export const changeRole = (org: string, member: string, role: RoleName) =>
  ask<MemberView>(`${orgPath(org)}/members/${member}`, { method: 'PATCH', body: { role } })

/** Removes a member; with one's own id: leaves. */
export const removeMember = (org: string, member: string) =>
  request(`${orgPath(org)}/members/${member}`, { method: 'DELETE' })

/** Invites an address. */
export const invite = (org: string, email: string, role: RoleName) =>
  ask<InvitationSent>(`${orgPath(org)}/invitations`, { method: 'POST', body: { email, role } })

/** Sends an invitation once more. */
export const resendInvitation = (org: string, invitation: string) =>
  ask<InvitationSent>(`${orgPath(org)}/invitations/${invitation}/resend`, { method: 'POST', body: {} })

/** Withdraws an invitation. */
export const revokeInvitation = (org: string, invitation: string) =>
  request(`${orgPath(org)}/invitations/${invitation}`, { method: 'DELETE' })

/** Changes one's own name or password. */
export const changeAccount = (body: AccountChange) => ask<PersonView>('/api/v1/me', { method: 'PATCH', body })

/** Signs out everywhere, here too. */
export const endSessions = () => request('/api/v1/me/sessions', { method: 'DELETE' })
