'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import { firstRunOf, noteFirstRun } from '#lib/connections/client.ts'
import type { FirstRunChange, FirstRunView } from '#lib/connections/first-run-schema.ts'

type Step = FirstRunView['steps'][number]

const words: Record<Step['id'], string> = {
  hub: 'Go to Settings → Integrations',
  provider: 'Choose a provider',
  oauth: 'For a provider that asks you to sign in: choose Connect and complete it there',
  key: 'For a provider with a key: paste the token from its settings',
  status: 'See the status Connected in the list',
  board: 'Test it: open a board and reference data from what you connected',
}

const pathOf = (org: string, id: Step['id']): string =>
  id === 'board' ? `/${org}/boards` : `/${org}/settings/integrations`

/**
 * The first steps in an organization, ticked by what really happened. In nobody's way: it can be folded and put away, and
 * stays so. `initial` is what the server drew; without it the list appears once it has been asked for.
 */
export function FirstRun({ org, initial, seen }: { org: string; initial?: FirstRunView; seen?: 'hub' | 'provider' }) {
  const { data } = useQuery({ ...firstRunOf(org), ...(initial ? { initialData: initial } : {}) })
  const note = useNote(org)
  const kept = useKeptFocus<HTMLElement>()
  useNoteSeen(org, seen)
  if (!data) return null
  const total = data.steps.length + data.accounts.length
  if (total === 0) return null
  if (data.show === 'dismissed')
    return (
      <section {...kept}>
        <Button variant="quiet" size="row" onClick={() => note({ show: 'open' })}>
          Show getting started
        </Button>
      </section>
    )
  const isOpen = data.show === 'open'
  return (
    <section {...kept} aria-labelledby="getting-started" className="rounded-group border border-line bg-surface">
      <Head data={data} total={total} isOpen={isOpen} note={note} />
      <ol id="getting-started-steps" hidden={!isOpen} className="divide-y divide-line border-line border-t">
        {data.steps.map(({ id, done, spared }) => (
          <Line key={id} step={id} isDone={done} isSpared={spared} href={pathOf(org, id)} text={words[id]} />
        ))}
        {data.accounts.map(({ provider, name, done }) => (
          <Line
            key={provider}
            step={`account-${provider}`}
            isDone={done}
            isSpared={false}
            href={`/${org}/settings/integrations/${provider}`}
            text={`Connect your ${name} account: boards here show ${name} cards`}
          />
        ))}
      </ol>
    </section>
  )
}

type Note = (change: FirstRunChange) => void

/** The heading, how far one is, and the ways to have less of it. */
function Head({ data, total, isOpen, note }: { data: FirstRunView; total: number; isOpen: boolean; note: Note }) {
  const { steps, accounts } = data
  const done = steps.filter((step) => step.done || step.spared).length + accounts.filter((one) => one.done).length
  const dismiss = () => {
    note({ show: 'dismissed' })
    announce('Getting started is put away.')
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
      <h2 id="getting-started" className="font-semibold">
        Getting started
      </h2>
      <p className="text-ink-3 text-small tabular-nums">
        {done} of {total} done
      </p>
      <div className="ms-auto flex gap-1">
        <Button
          variant="quiet"
          size="row"
          aria-expanded={isOpen}
          aria-controls="getting-started-steps"
          onClick={() => note({ show: isOpen ? 'collapsed' : 'open' })}
        >
          {isOpen ? 'Fold' : 'Unfold'}
        </Button>
        <Button variant="quiet" size="row" onClick={dismiss}>
          Dismiss
        </Button>
      </div>
    </div>
  )
}

function useNote(org: string): Note {
  const queries = useQueryClient()
  const { queryKey } = firstRunOf(org)
  const { mutate } = useMutation({
    mutationFn: (change: FirstRunChange) => noteFirstRun(org, change),
    // shown at once; what the server says then counts
    onMutate: ({ show }) => queries.setQueryData(queryKey, (before) => (before && show ? { ...before, show } : before)),
    onSuccess: (view) => queries.setQueryData(queryKey, view),
    onError: () => void queries.invalidateQueries({ queryKey }),
  })
  return mutate
}

/** Notes, once, that somebody came to a page that is one of their first steps. */
export function useNoteSeen(org: string, seen: 'hub' | 'provider' | undefined): void {
  const { data } = useQuery({ ...firstRunOf(org), enabled: seen !== undefined })
  const note = useNote(org)
  const isNew = seen !== undefined && data?.steps.some(({ id, done }) => id === seen && !done)
  useEffect(() => {
    if (isNew && seen) note({ seen })
  }, [isNew, seen, note])
}

type LineProps = { step: string; isDone: boolean; isSpared: boolean; href: string; text: string }

function Line({ step, isDone, isSpared, href, text }: LineProps) {
  const said = isDone ? 'Done: ' : isSpared ? 'Not needed: ' : 'To do: '
  return (
    <li data-step={step} data-done={isDone} className="flex items-start gap-2.5 px-4 py-2">
      <Jack
        name={isDone ? 'check' : isSpared ? 'slash' : 'empty'}
        className={isDone ? 'mt-0.5 text-ok-icon' : 'mt-0.5 text-off-icon'}
      />
      <span className="sr-only">{said}</span>
      {isDone || isSpared ? (
        <span className="text-ink-2">
          {text}
          {isSpared && <span className="text-ink-3"> (not needed: you connected another way)</span>}
        </span>
      ) : (
        <Link className="link" prefetch={false} href={href}>
          {text}
        </Link>
      )}
    </li>
  )
}
