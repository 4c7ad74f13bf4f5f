import type { Metadata } from 'next'
import { AccountConnections } from '#components/connections/account-connections.tsx'
import { Page } from '#components/shell/page.tsx'
import { AccountNav } from '#components/tenancy/account-nav.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { listOwnAccounts } from '#lib/connections/queries.ts'
import { csrfToken } from '#lib/http/csrf.ts'
import { requirePerson } from '#lib/tenancy/gate.ts'
import { readFrame } from '#lib/tenancy/queries.ts'

export const metadata: Metadata = { title: 'Connections' }

/** The accounts somebody connected for themselves, in all their organizations. */
export default async function AccountConnectionsPage() {
  const person = await requirePerson()
  const [accounts, { organizations }] = await Promise.all([listOwnAccounts(person), readFrame(person)])
  return (
    <Page>
      <PageHeader
        title="My connections"
        sub="Accounts you connected for yourself. Only you read through them, and only your own cards change."
      />
      <AccountNav />
      <AccountConnections
        accounts={accounts}
        csrf={csrfToken(person.sessionId)}
        home={organizations.find(({ role }) => role !== 'guest')?.slug ?? null}
      />
    </Page>
  )
}
