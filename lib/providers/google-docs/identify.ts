import { z } from 'zod'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { DRIVE, oauth } from './oauth.ts'

const Person = z.object({ sub: z.string().min(1), email: z.string().nullish(), name: z.string().nullish() })
const About = z.object({ user: z.object({ emailAddress: z.string().nullish() }).nullish() })

const drives = [DRIVE, ...(oauth.scopes.find(({ name }) => name === DRIVE)?.impliedBy ?? [])]
const mayOpenDrive = ({ scopes }: Grant): boolean => scopes === undefined || scopes.some((one) => drives.includes(one))

/** The address that Drive knows; nothing where a person did not allow Drive. Drive answers only when told what is wanted. */
async function addressInDrive(api: Api, grant: Grant): Promise<string | null> {
  if (!mayOpenDrive(grant)) return null
  const query = { fields: 'user(emailAddress)' }
  return (await api('/drive/v3/about', { schema: About, query })).user?.emailAddress ?? null
}

/**
 * Whose account a grant opens, and that Drive opens with it where it was allowed. An address can change; what stays is `sub`
 * (developers.google.com/identity/openid-connect/openid-connect).
 */
export async function identify(api: Api, grant: Grant): Promise<Identity> {
  const [{ sub, email, name }, address] = await Promise.all([
    api('/oauth2/v3/userinfo', { schema: Person }),
    addressInDrive(api, grant),
  ])
  return { id: sub, label: email ?? address ?? name ?? 'a Google account' }
}
