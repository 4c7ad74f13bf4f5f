import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { operations } from '#app/api/openapi.json/operations.ts'
import { OperationView } from '#components/docs/operation-view.tsx'
import { exampleOf } from '#components/docs/shape-text.ts'
import { TryOperation } from '#components/docs/try-operation.tsx'
import { Page } from '#components/shell/page.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { documentedOperations } from '#lib/http/documented.ts'
import { requirePerson } from '#lib/tenancy/gate.ts'
import { readFrame } from '#lib/tenancy/queries.ts'

type Props = { params: Promise<{ operation: string }> }

const find = (wanted: string) => documentedOperations(operations).find(({ id }) => id === wanted)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = find((await params).operation)
  return { title: found ? `${found.method} ${found.path} – API` : 'Page not found' }
}

/** One operation of the API: what it takes, what it answers, and a form that sends it. */
export default async function OperationPage({ params }: Props) {
  const { organizations } = await readFrame(await requirePerson())
  const operation = find((await params).operation) ?? notFound()
  const { method, path, isPublic, scope, parameters, body } = operation
  const home = organizations[0]?.slug ?? ''
  const tried = {
    method,
    path,
    isPublic,
    scope,
    parameters: parameters.map(({ name, in: place, required }) => ({
      name,
      in: place,
      required,
      given: name === 'org' ? home : '',
    })),
    body: body && JSON.stringify(exampleOf(body), null, 2),
  }
  return (
    <Page>
      <p>
        <Link href="/docs/api" className="link">
          API
        </Link>
      </p>
      <PageHeader title={`${method} ${path}`} sub={operation.summary} />
      <OperationView operation={operation} />
      <PanelSection title="Try it">
        <TryOperation tried={tried} />
      </PanelSection>
    </Page>
  )
}
