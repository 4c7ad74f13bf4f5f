import type { ProviderView } from '#lib/connections/schema.ts'

/** The provider's own steps, with the page where they begin. */
export function RevokeSteps({ provider: { name, leave } }: { provider: Pick<ProviderView, 'name' | 'leave'> }) {
  return (
    <div className="grid gap-1.5">
      <ol className="grid list-decimal gap-0.5 ps-5">
        {leave.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>
        <a className="link" href={leave.by} target="_blank" rel="noreferrer">
          Open {name}'s settings (opens in a new tab)
        </a>
      </p>
    </div>
  )
}
