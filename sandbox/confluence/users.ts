import { Refusal } from '#sandbox/atlassian/access.ts'
import type { Account } from '#sandbox/atlassian/state.ts'
import { type Answer, type Call, json } from '#sandbox/http.ts'
import type { Params } from '#sandbox/route.ts'
import { baseOf } from './paging.ts'
import type { WikiContext } from './state.ts'

/** Somebody as the first version of the API shows them; the e-mail address is empty unless they show it. */
export function userShape({ caller }: WikiContext, account: Account) {
  const { id, email, name, timeZone, showsEmail } = account
  const isSelf = caller.account?.id === id
  return {
    type: 'known',
    accountId: id,
    accountType: 'atlassian',
    email: showsEmail || isSelf ? email : '',
    publicName: name,
    profilePicture: { path: `/wiki/aa-avatar/${encodeURIComponent(id)}`, width: 48, height: 48, isDefault: false },
    displayName: name,
    isExternalCollaborator: false,
    timeZone,
    _expandable: { operations: '', personalSpace: '' },
    _links: { self: `${caller.self}/wiki/rest/api/user?accountId=${encodeURIComponent(id)}` },
  }
}

/** GET /wiki/rest/api/user/current */
export function showCurrentUser(_call: Call, _params: Params, context: WikiContext): Answer {
  const { account } = context.caller
  if (!account) throw new Refusal(403, { message: 'Current user not permitted to use Confluence', statusCode: 403 })
  context.spend(2)
  const shape = userShape(context, account)
  return json(200, { ...shape, _links: { ...shape._links, base: baseOf(context), context: '/wiki' } })
}
