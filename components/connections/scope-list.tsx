import type { ScopeView } from '#lib/connections/schema.ts'
import { WithCode } from './with-code.tsx'

/** What a provider is asked for, or gave, and why. `tag` says of one when it counts. */
export function ScopeList<S extends ScopeView>({
  scopes,
  tag = ({ optional }) => (optional ? 'Optional' : null),
}: {
  scopes: readonly S[]
  tag?: (scope: S) => string | null
}) {
  return (
    <dl className="grid max-w-read gap-2">
      {scopes.map((scope) => (
        <div key={scope.name} data-scope={scope.name}>
          <dt className="flex flex-wrap items-baseline gap-x-2">
            <code className="font-mono text-small">{scope.name}</code>
            {tag(scope) && <span className="text-ink-3 text-small">{tag(scope)}</span>}
          </dt>
          <dd className="text-ink-2 text-small">
            <WithCode text={scope.why} />
            {scope.risk && <> With it somebody could also {scope.risk}.</>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
