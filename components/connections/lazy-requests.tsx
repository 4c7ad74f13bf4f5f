'use client'
import { lazy, Suspense } from 'react'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import type { Place } from './place.ts'

const Requests = lazy(async () => ({ default: (await import('./requests.tsx')).Requests }))

const button = '[data-main-action] :is(a, button)'

/** Once it is decided, the main button of the provider. */
const heir = (around: HTMLElement): HTMLElement | null =>
  (around.closest('[data-provider]') ?? document).querySelector<HTMLElement>(button)

type Props = { provider: ProviderView; place: Place; className?: string }

/** What members asked for, to be decided; fetched where there is something. Also keeps the focus when it is gone. */
export function LazyRequests({ provider, place, className = '' }: Props) {
  const kept = useKeptFocus<HTMLDivElement>(heir)
  return (
    <div {...kept} className={`empty:hidden ${className}`}>
      {provider.requests.length > 0 && (
        <Suspense fallback={null}>
          <Requests provider={provider} place={place} />
        </Suspense>
      )}
    </div>
  )
}
