import { changeRotation } from '#lib/governance/change-rotation.ts'
import { readRotation } from '#lib/governance/queries.ts'
import { RotationPolicy, RotationRegister } from '#lib/governance/schema.ts'
import { route } from '#lib/http/route.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: "The organization's credentials: whose they are, how old, and which to replace",
    scope: 'governance:read',
    params: OrgParams,
    answer: RotationRegister,
  },
  ({ actor }) => readRotation(actor),
)

export const PATCH = route(
  {
    summary: 'Says after how many days a credential that does not renew itself is to be replaced',
    scope: 'governance:write',
    params: OrgParams,
    body: RotationPolicy,
    answer: RotationRegister,
  },
  ({ actor, body }) => changeRotation(actor, body),
)
