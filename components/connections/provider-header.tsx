'use client'
import Link from 'next/link'
import { Badge } from '#components/ui/badge.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { ProviderIcon } from '#components/ui/provider-icon.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { AttemptPanel } from './attempt-panel.tsx'
import { useAttempt } from './attempts.ts'
import { useNoteSeen } from './first-run.tsx'
import { MainAction } from './main-action.tsx'
import { type Place, providerPath } from './place.ts'
import { badgeOf, identityOf, mainSlot, standingOf } from './standing.ts'
import { StatusUnavailable } from './status-unavailable.tsx'
import { usePolledProvider } from './use-provider.ts'

/** Whose pages these are, how it stands and the one thing to do; what goes on stands right under it. */
export function ProviderHeader({ initial, place }: { initial: ProviderView; place: Place }) {
  const { provider, isUnknown, retry } = usePolledProvider(place.org.slug, initial)
  useNoteSeen(place.org.slug, 'provider')
  const slot = mainSlot(provider)
  const attempt = useAttempt(place.org.slug, provider.id, slot?.slot ?? 'user')
  if (!slot) return null
  const standing = standingOf(slot, attempt)
  return (
    <div className="grid gap-3" data-provider={provider.id}>
      <p className="text-small">
        <Link className="link" prefetch={false} href={providerPath(place.org.slug, '').replace(/\/$/, '')}>
          Integrations
        </Link>
      </p>
      <PageHeader
        title={provider.name}
        before={<ProviderIcon provider={provider.id} />}
        sub={
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge {...badgeOf(provider.name, standing)} />
            <span>{identityOf(slot, place.org.name, provider.coverage)}</span>
          </div>
        }
        actions={<MainAction {...{ provider, slot, standing, attempt, place }} isOnPage />}
      />
      {isUnknown && <StatusUnavailable {...retry} />}
      <AttemptPanel provider={provider} slot={slot} place={place} />
    </div>
  )
}
