import { route } from '#lib/http/route.ts'
import { changePassword, renamePerson } from '#lib/tenancy/change-account.ts'
import { AccountChange, PersonView } from '#lib/tenancy/schema.ts'
import { sessionCookie } from '#lib/tenancy/seal-session.ts'

export const GET = route(
  { summary: 'The signed-in person', scope: 'any', who: 'person', answer: PersonView },
  async ({ person }) => person,
)

export const PATCH = route(
  {
    summary: 'Change name or password; a new password ends every session and gives this browser a new one',
    scope: null,
    who: 'person',
    body: AccountChange,
    answer: PersonView,
  },
  async ({ person, body }) => {
    const token = body.password ? await changePassword(person, body.password) : null
    const changed = body.name === undefined ? person : await renamePerson(person, body.name)
    const headers = new Headers({ 'cache-control': 'no-store', 'x-request-id': person.origin.requestId })
    if (token) headers.set('set-cookie', await sessionCookie(token))
    return Response.json(PersonView.parse(changed), { headers })
  },
)
