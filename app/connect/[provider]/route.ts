import { z } from 'zod'
import { startConnect } from '#lib/attempts/start.ts'
import { SlotName } from '#lib/connections/schema.ts'
import { isCsrfToken } from '#lib/http/csrf.ts'
import { form } from '#lib/http/form.ts'
import { seeOther } from '#lib/http/see-other.ts'
import { Problem } from '#lib/platform/problem.ts'
import { enter } from '#lib/tenancy/actor.ts'
import { browserCookieName, readCookie } from '#lib/tenancy/read-session.ts'

const ConnectForm = z.object({
  org: z.string().max(64),
  slot: SlotName,
  attempt: z.uuid(),
  connection: z.uuid().optional(),
  also: z.string().max(200).optional(),
  csrf: z.string().max(200),
})

/** The Connect form arrives in a tab of its own; whatever goes wrong is said on a page, in words. */
export const POST = form(ConnectForm, async ({ person, params, fields, request }) => {
  if (!isCsrfToken(person.sessionId, fields.csrf))
    throw new Problem('other-origin', 'This form is too old. Reload the page and connect again.')
  const actor = await enter(person, fields.org)
  const browser = readCookie(request.headers.get('cookie'), browserCookieName())
  const { slot, attempt, connection, also } = fields
  const started = await startConnect(actor, {
    provider: params.provider,
    slot,
    attempt,
    connection,
    also: also?.split(','),
    via: 'form',
    browser,
  })
  return seeOther(started.authorizeUrl)
})
