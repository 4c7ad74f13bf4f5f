import { cx } from 'class-variance-authority'

/**
 * The mark of a provider in its 28 px tile, drawn from public/providers/<id>.svg in the colour of the text around it.
 * The name always stands beside it, so the mark itself is not read out.
 */
export function ProviderIcon({ provider, className }: { provider: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-grid size-7 shrink-0 place-items-center rounded-badge border border-line bg-surface text-ink',
        className,
      )}
    >
      <svg viewBox="0 0 24 24" className="size-4" aria-hidden="true">
        <use href={`/providers/${provider}.svg#icon`} />
      </svg>
    </span>
  )
}
