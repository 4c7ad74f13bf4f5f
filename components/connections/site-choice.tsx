'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '#components/ui/button.tsx'
import { attemptOf } from '#lib/attempts/client.ts'
import type { AttemptView } from '#lib/attempts/schema.ts'
import type { Attempt } from './attempts.ts'
import { useChoice } from './mismatch-choice.tsx'

/** The question that a grant for several sites leaves open. */
export const siteQuestion = (organization: string): string => `Which site should ${organization} use?`

type Props = { org: string; view: AttemptView; onDecided: (view: AttemptView) => void }

/** The sites that were granted, each a button: none of them is the first by itself. */
export function SiteChoice(props: Props) {
  const { problem, choose } = useChoice(props)
  return (
    <>
      <ul className="grid gap-2">
        {(props.view.choices ?? []).map(({ id, label, url }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Button size="row" onClick={() => void choose(id)}>
              Use {label}
            </Button>
            {url && (
              <span className="min-w-0 break-words text-ink-3 text-small">{url.replace(/^https?:\/\//, '')}</span>
            )}
          </li>
        ))}
      </ul>
      {problem && <p className="text-error">{problem}</p>}
    </>
  )
}

/** The same where somebody waits. */
export function AwaitedSite({
  attempt,
  view,
  organization,
}: {
  attempt: Attempt
  view: AttemptView
  organization: string
}) {
  const queries = useQueryClient()
  const keep = (decided: AttemptView) => queries.setQueryData(attemptOf(attempt).queryKey, decided)
  return (
    <section aria-label={siteQuestion(organization)}>
      <SiteChoice org={attempt.org} view={view} onDecided={keep} />
    </section>
  )
}
