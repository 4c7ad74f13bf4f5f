import type { ProviderView } from '#lib/connections/schema.ts'

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** Which tools are the sandbox's on this server, so that nobody takes what they show for real. */
export function Simulated({ items }: { items: readonly ProviderView[] }) {
  const simulated = items.filter((provider) => provider.simulated)
  if (simulated.length === 0) return null
  const isAll = simulated.length === items.length
  const who = isAll ? 'These tools' : names.format(simulated.map(({ name }) => name))
  const are = isAll || simulated.length > 1 ? 'are' : 'is'
  return (
    <p className="-my-2 text-ink-3 text-small">
      {who} {are} simulated by this server’s sandbox: their people and data are made up.
    </p>
  )
}
