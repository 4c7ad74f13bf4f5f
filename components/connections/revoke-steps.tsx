import type { WayOut } from './way-out.ts'

/** The provider's own steps, with the page where they begin. */
export function RevokeSteps({ name, by, steps }: { name: string } & Pick<WayOut, 'by' | 'steps'>) {
  return (
    <div className="grid gap-1.5">
      <ol className="grid list-decimal gap-0.5 ps-5">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {by && (
        <p>
          <a className="link" href={by} target="_blank" rel="noreferrer">
            Open {name}'s settings (opens in a new tab)
          </a>
        </p>
      )}
    </div>
  )
}
