import type { RoleName } from '#lib/tenancy/schema.ts'

/** Who looks at the members' page, and what they may do on it. */
export type Viewer = {
  id: string
  role: RoleName
  mayManage: boolean
  emailConfirmed: boolean
}

/** The organization a page is about. */
export type Place = { slug: string; name: string }
