'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { problemOf } from '#lib/platform/client.ts'
import { reportOf, standingOf } from '#lib/resources/client.ts'
import type { ReportForm, ResourceView } from '#lib/resources/schema.ts'
import { useOpenBoard } from '../board-context.ts'
import { ReportDialog } from './report-dialog.tsx'
import { useOrdered } from './use-ordered.ts'

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

type Props = { resource: ResourceView; onceOrdered?: boolean }

/**
 * The button of what a provider writes about a thing when somebody asks. Nothing is asked before it is pressed. `onceOrdered`:
 * there is room for it only where something was asked for.
 */
export function Report({ resource, onceOrdered = false }: Props) {
  return resource.report ? <Asked {...{ resource, onceOrdered, form: resource.report }} /> : null
}

function Asked({ resource, form, onceOrdered }: Required<Props> & { form: ReportForm }) {
  const { org, board, viewer } = useOpenBoard()
  const { connectionId, kind, id } = resource
  const [ordered, keep] = useOrdered([org, viewer, connectionId, kind, id].join(' '))
  const [isOpen, setIsOpen] = useState(false)
  const asked = ordered ?? { id: '', at: 0 }
  const { data, error, dataUpdatedAt, errorUpdatedAt, refetch } = useQuery({
    ...reportOf(org, resource, asked),
    enabled: ordered !== null,
  })
  const state = standingOf(asked.at, { data, error, dataUpdatedAt, errorUpdatedAt })
  const problem = error ? problemOf(error) : null
  const name = capital(form.name)
  const words = {
    pending: `${name} are being written…`,
    ready: `Read ${form.name}`,
    failed: `${name} failed`,
    stopped: `${name} have not come`,
  }
  const word = words[state]
  const isAwaited = useRef(false) // what was there when the board was opened is no news
  useEffect(() => {
    if (ordered === null) return
    if (state === 'pending') isAwaited.current ||= data !== undefined
    else if (isAwaited.current) {
      isAwaited.current = false
      announce(state === 'ready' ? `${name} ready` : word)
    }
  }, [ordered, state, data, name, word])
  const order = (report: string) => {
    isAwaited.current = true
    keep(report)
  }
  if (!board.mayEdit || (onceOrdered && ordered === null)) return null
  return (
    <>
      <Button size="row" onClick={() => setIsOpen(true)}>
        {ordered === null ? `${name}…` : word}
      </Button>
      {isOpen && (
        <ReportDialog
          {...{ org, resource, form, title: name }}
          report={
            ordered === null
              ? null
              : { ...data, state, problem: problem?.message ?? null, isGone: problem?.status === 404 }
          }
          onOrdered={order}
          onLook={() => void refetch()}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}
