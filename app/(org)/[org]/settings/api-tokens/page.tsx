import type { Metadata } from 'next'
import Link from 'next/link'
import { Page } from '#components/shell/page.tsx'
import { TokenPolicy } from '#components/tokens/token-policy.tsx'
import { TokensPanel } from '#components/tokens/tokens-panel.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { can, requireRight } from '#lib/tenancy/gate.ts'
import { namesOfAdmins } from '#lib/tenancy/queries.ts'
import { askOneOf } from '#lib/tenancy/schema.ts'
import { listTokens, readTokenChoices } from '#lib/tokens/queries.ts'
import { leastScopes, scopes as scopeWords } from '#lib/tokens/schema.ts'

export const metadata: Metadata = { title: 'API tokens' }

/** The keys to the API for people's own scripts. */
export default async function ApiTokensPage({ params }: { params: Promise<{ org: string }> }) {
  const actor = await requireRight((await params).org, 'members.see')
  const { slug, name } = actor.organization
  const admins = await namesOfAdmins(actor)
  const { mayMake, mayOmitExpiry, scopes, whoMayMakeTokens, whoCan } = await readTokenChoices(actor)
  const tokens = can(actor, 'tokens.see') ? await listTokens(actor) : []
  const choices = {
    mayOmitExpiry,
    scopes: scopes.map((scope) => ({ scope, words: scopeWords[scope], isLeast: leastScopes.includes(scope) })),
  }
  return (
    <Page>
      <PageHeader
        title="API tokens"
        sub={
          <>
            For scripts of your own that use {name} through the{' '}
            <Link href="/docs/api" className="link">
              API
            </Link>
            .
          </>
        }
      />
      <TokensPanel
        key={`${actor.role} ${whoMayMakeTokens}`}
        org={slug}
        tokens={tokens}
        choices={mayMake ? choices : null}
        whoCan={`${whoCan} ${askOneOf(admins)}`}
      />
      {can(actor, 'organization.configure') && (
        <PanelSection title="Who may make them">
          <TokenPolicy org={slug} isForMembers={whoMayMakeTokens === 'members'} />
        </PanelSection>
      )}
    </Page>
  )
}
