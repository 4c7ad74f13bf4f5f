import type { Call } from '#sandbox/http.ts'
import { type Context, requirePermission } from './access.ts'
import { notFound } from './refusal.ts'
import { adminShape } from './shape-parts.ts'

/** GET /me: the teammate who authorized the app. Without the permission to gather app data there is no `app`. */
export function showMe(_call: Call, _params: unknown, context: Context): object {
  requirePermission(context, 'admins')
  const { state, caller } = context
  const { workspace, admin } = caller
  return {
    type: 'admin',
    id: admin.id,
    email: admin.email,
    name: admin.name,
    email_verified: admin.isEmailVerified,
    app: state.settings.permissions.includes('app')
      ? {
          type: 'app',
          id_code: workspace.code,
          name: workspace.name,
          created_at: workspace.createdAt,
          secure: false,
          identity_verification: false,
          timezone: workspace.timezone,
          region: workspace.region,
        }
      : null,
    avatar: { type: 'avatar', image_url: `${state.world.url}/intercom-web/avatars/${admin.id}` },
    has_inbox_seat: admin.hasSeat,
  }
}

/** GET /admins. */
export function listAdmins(_call: Call, _params: unknown, context: Context): object {
  requirePermission(context, 'admins')
  const admins = context.caller.workspace.admins.filter(({ hasGone }) => !hasGone)
  return { type: 'admin.list', admins: admins.map(adminShape) }
}

/** GET /admins/{id}. */
export function showAdmin(_call: Call, { id = '' }: Record<string, string>, context: Context): object {
  requirePermission(context, 'admins')
  const admin = context.caller.workspace.admins.find((one) => one.id === id && !one.hasGone)
  if (!admin) throw notFound()
  return { ...adminShape(admin), away_status_reason_id: null }
}
