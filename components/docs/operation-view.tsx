import { DefinitionList } from '#components/ui/definition-list.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { RowHead, Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Documented } from '#lib/http/documented.ts'
import { CodeBlock } from './code-block.tsx'
import { shapeText } from './shape-text.ts'

/** Who may call an operation, in words. */
export function accessOf({ isPublic, scope }: Documented): string {
  if (isPublic) return 'Anybody'
  if (scope === null) return 'People in a browser; no API token'
  return scope === '' ? 'Any API token' : `API tokens with ${scope}`
}

/** What an operation takes and what it answers. */
export function OperationView({ operation }: { operation: Documented }) {
  const { parameters, body, answers } = operation
  return (
    <>
      <DefinitionList items={[{ term: 'Who', value: accessOf(operation) }]} />
      {parameters.length > 0 && (
        <PanelSection title="Parameters">
          <Table caption="Parameters" head={['Name', 'In', 'Type', 'Needed'].map((name) => <Th key={name}>{name}</Th>)}>
            {parameters.map(({ name, in: place, required, schema }) => (
              <Tr key={name}>
                <RowHead className="font-mono">{name}</RowHead>
                <Td label="In">{place}</Td>
                <Td label="Type">
                  <span className="font-mono text-small wrap-anywhere">{shapeText(schema)}</span>
                </Td>
                <Td label="Needed">{required ? 'Yes' : 'No'}</Td>
              </Tr>
            ))}
          </Table>
        </PanelSection>
      )}
      {body && (
        <PanelSection title="Body">
          <CodeBlock label="The body’s shape" text={shapeText(body)} />
        </PanelSection>
      )}
      <PanelSection title="Answers">
        <ul className="grid gap-3">
          {answers.map(({ status, description, media, shape }) => (
            <li key={`${status} ${media}`} className="grid grid-cols-1 gap-1">
              <p>
                <span className="font-mono font-semibold">{status}</span> {description}{' '}
                {media && <span className="text-ink-3 text-small">{media}</span>}
              </p>
              {shape && <CodeBlock label={`The shape of ${status}`} text={shapeText(shape)} />}
            </li>
          ))}
        </ul>
      </PanelSection>
    </>
  )
}
