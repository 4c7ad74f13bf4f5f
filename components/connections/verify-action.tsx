'use client'
import Link from 'next/link'
import { Button } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import type { ProviderView, Standing } from '#lib/connections/schema.ts'
import { type Place, providerPath } from './place.ts'
import { useVerify } from './use-verify.ts'

type Props = { provider: ProviderView; standing: Standing; place: Place }

/** What there is to read about what came of it. */
const further: Partial<Record<Standing['status'], string>> = {
  setup_required: 'View setup steps',
  not_available: 'What to do',
  no_access: 'Who can help',
}

/** Verify Access where there is no room for what comes of it; its own page has that. */
export function VerifyAction({ provider, standing, place }: Props) {
  const { busy, problem, verify } = useVerify(provider, place.org.slug)
  const more = further[standing.status]
  return (
    <div className="grid justify-items-start gap-1 @min-[36rem]:justify-items-end">
      {standing.nextAction?.may && <VerifyButton busy={busy !== null} onVerify={verify} />}
      {problem && <p className="text-error text-small">{problem}</p>}
      {more && (
        <Link
          className="link inline-block min-h-6 text-small"
          prefetch={false}
          href={`${providerPath(place.org.slug, provider.id)}#access`}
        >
          {more}
          <span className="sr-only">: {provider.name}</span>
        </Link>
      )}
    </div>
  )
}

/** The button itself. It stays on its page: nothing opens. */
export function VerifyButton({ busy, onVerify }: { busy: boolean; onVerify: () => Promise<void> }) {
  return (
    <Button size="row" busy={busy} onClick={busy ? undefined : () => void onVerify()}>
      {!busy && <Icon name="shield" />}
      Verify Access
    </Button>
  )
}
