import type { Metadata } from 'next'
import Link from 'next/link'
import { operations } from '#app/api/openapi.json/operations.ts'
import { accessOf } from '#components/docs/operation-view.tsx'
import { Page } from '#components/shell/page.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Panel, PanelSection } from '#components/ui/panel.tsx'
import { type Documented, documentedOperations } from '#lib/http/documented.ts'
import { requirePerson } from '#lib/tenancy/gate.ts'
import { readFrame } from '#lib/tenancy/queries.ts'
import { scopes } from '#lib/tokens/schema.ts'

export const metadata: Metadata = { title: 'API' }

const DOCUMENT = '/api/openapi.json'

/** Every operation of the API, by what it is about, as /api/openapi.json describes them. */
export default async function ApiPage() {
  const { organizations } = await readFrame(await requirePerson())
  const home = organizations.find(({ role }) => role !== 'guest')?.slug
  const groups = Map.groupBy(documentedOperations(operations), ({ group }) => group)
  return (
    <Page>
      <PageHeader title="API" sub="What scripts can do here, made from what the server itself checks with." />
      <PanelSection title="Coming in">
        <p className="max-w-read">
          Send <code className="font-mono">Authorization: Bearer pb_live_…</code> with every request. A token acts as
          who made it, in one organization, limited to its scopes.{' '}
          {home && (
            <>
              <Link href={`/${home}/settings/api-tokens`} className="link">
                Make a token
              </Link>
              .{' '}
            </>
          )}
          The whole description is{' '}
          <a href={DOCUMENT} className="link">
            {DOCUMENT}
          </a>{' '}
          (OpenAPI 3.1).
        </p>
      </PanelSection>
      <PanelSection title="Scopes">
        <Panel as="ul">
          {Object.entries(scopes).map(([scope, words]) => (
            <li key={scope} className="grid gap-x-4 px-4 py-2 sm:grid-cols-[12rem_1fr]">
              <span className="font-mono text-small">{scope}</span>
              <span className="text-ink-2">{words}</span>
            </li>
          ))}
        </Panel>
      </PanelSection>
      {[...groups].map(([group, all]) => (
        <Group key={group} name={group} operations={all} />
      ))}
    </Page>
  )
}

function Group({ name, operations: all }: { name: string; operations: Documented[] }) {
  return (
    <PanelSection title={name.charAt(0).toUpperCase() + name.slice(1)}>
      <Panel as="ul">
        {all.map((operation) => (
          <li key={operation.id} className="grid gap-0.5 px-4 py-2">
            <Link
              href={`/docs/api/${operation.id}`}
              prefetch={false}
              className="link justify-self-start font-mono text-small wrap-anywhere"
            >
              {operation.method} {operation.path}
            </Link>
            <span>{operation.summary}</span>
            <span className="text-ink-3 text-small">{accessOf(operation)}</span>
          </li>
        ))}
      </Panel>
    </PanelSection>
  )
}
