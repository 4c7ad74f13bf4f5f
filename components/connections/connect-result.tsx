'use client'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { ErrorDetails } from '#components/ui/details.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import type { AttemptView } from '#lib/attempts/schema.ts'
import { isFinal } from '#lib/attempts/status.ts'
import { tellLanded } from './attempt-channel.ts'
import { connectedNames } from './attempt-ending.ts'
import { storedAttempts } from './attempts.ts'
import { MismatchChoice } from './mismatch-choice.tsx'
import { SiteChoice, siteQuestion } from './site-choice.tsx'

type Provider = { id: string; name: string }
type Organization = { slug: string; name: string }
type Props =
  | { attempt: AttemptView; provider: Provider; account: string | null; org: Organization; problem?: undefined }
  | { attempt?: undefined; provider: Provider; account?: undefined; org?: undefined; problem: string }

/** How long the page is to be seen before it tries to close itself. */
const SEEN_MS = 800

/**
 * What a provider's tab shows at the end. It tells the tab that waits, and works without one. Where the provider was opened
 * in the very tab that waited, it goes back there.
 */
export function ConnectResult({ attempt, provider, account, org, problem }: Props) {
  const [decided, setDecided] = useState(attempt)
  const status = decided?.status
  useLanding(decided, provider, problem)
  const back = org ? `/${org.slug}/settings/integrations` : '/'
  if (org && decided?.status === 'choosing')
    return (
      <>
        <PageHeader title={siteQuestion(org.name)} />
        <SiteChoice org={org.slug} view={decided} onDecided={setDecided} />
      </>
    )
  if (org && decided?.status === 'mismatch')
    return (
      <>
        <PageHeader title="Different account" />
        <MismatchChoice org={org.slug} view={decided} name={provider.name} onDecided={setDecided} />
      </>
    )
  const isDone = status === 'succeeded'
  const title = isDone ? `${connectedNames(provider.name, decided?.also)} connected` : `${provider.name} not connected`
  return (
    <>
      <PageHeader title={title} sub={isDone && account ? `Connected as ${account}.` : undefined} />
      <p>{isDone ? 'You can close this tab.' : (problem ?? textOf(decided, provider.name))}</p>
      <ErrorDetails code={decided?.problem?.code} />
      <div className="flex flex-wrap items-center gap-2">
        <CloseTab />
        <ButtonLink href={back}>Back to Plugboard</ButtonLink>
      </div>
    </>
  )
}

function textOf(attempt: AttemptView | undefined, name: string): string {
  if (attempt?.problem) return attempt.problem.detail
  return attempt && !isFinal(attempt.status) ? `${name} has not answered yet.` : `Connecting ${name} didn't work.`
}

/** Tells the waiting tab, goes back to it where it is this one, and tries to close what is not needed any more. */
function useLanding(attempt: AttemptView | undefined, provider: Provider, problem: string | undefined): void {
  const id = attempt?.id ?? null
  const status = attempt?.status
  useEffect(() => {
    const own = storedAttempts().find((stored) => stored.id === id)
    if (own?.returnTo) {
      location.replace(own.returnTo)
      return
    }
    tellLanded({ attempt: id, provider: provider.id, ...(problem ? { problem } : {}) })
    if (status !== 'succeeded') return
    // a browser closes only what a script opened; else the page stays and says that it can be closed
    const timer = setTimeout(() => window.close(), SEEN_MS)
    return () => clearTimeout(timer)
  }, [id, status, provider.id, problem])
}

function CloseTab() {
  const [isKept, setIsKept] = useState(false)
  const close = () => {
    window.close()
    setIsKept(true)
  }
  return isKept ? (
    <p className="w-full text-ink-2">Your browser keeps this tab open. Close it yourself.</p>
  ) : (
    <Button onClick={close}>Close tab</Button>
  )
}
