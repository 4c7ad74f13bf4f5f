import type { ProviderView } from '#lib/connections/schema.ts'

/** What a provider is asked for, or gave, and why. */
export function ScopeList({ scopes }: { scopes: ProviderView['scopes'] }) {
  return (
    <dl className="grid max-w-read gap-2">
      {scopes.map(({ name, why, optional }) => (
        <div key={name}>
          <dt className="flex flex-wrap items-baseline gap-x-2">
            <code className="font-mono text-small">{name}</code>
            {optional && <span className="text-ink-3 text-small">Optional</span>}
          </dt>
          <dd className="text-ink-2 text-small">
            <WithCode text={why} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Words in which names stand between backticks. */
function WithCode({ text }: { text: string }) {
  return text.split('`').map((part, at) =>
    at % 2 === 1 ? (
      <code key={part} className="font-mono">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
