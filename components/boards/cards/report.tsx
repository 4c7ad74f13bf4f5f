'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { problemOf } from '#lib/platform/client.ts'
import { reportOf } from '#lib/resources/client.ts'
import type { ReportForm, ResourceView } from '#lib/resources/schema.ts'
import { useOpenBoard } from '../board-context.ts'
import { ReportDialog } from './report-dialog.tsx'

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** The button of what a provider writes about a thing when somebody asks. Nothing is asked before it is pressed. */
export function Report({ resource }: { resource: ResourceView }) {
  return resource.report ? <Asked resource={resource} form={resource.report} /> : null
}

function Asked({ resource, form }: { resource: ResourceView; form: ReportForm }) {
  const { org, board } = useOpenBoard()
  const [ordered, setOrdered] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const { data, error } = useQuery({ ...reportOf(org, resource, ordered), enabled: ordered !== '' })
  const state = error ? 'failed' : (data?.state ?? 'pending')
  const name = capital(form.name)
  useEffect(() => {
    if (ordered !== '' && state !== 'pending') announce(state === 'ready' ? `${name} ready` : `${name} failed`)
  }, [ordered, state, name])
  if (!board.mayEdit) return null
  const words = { pending: `${name} are being written…`, ready: `Read ${form.name}`, failed: `${name} failed` }
  return (
    <>
      <Button size="row" onClick={() => setIsOpen(true)}>
        {ordered === '' ? `${name}…` : words[state]}
      </Button>
      {isOpen && (
        <ReportDialog
          {...{ org, resource, form, title: name }}
          report={ordered === '' ? null : { ...data, state, problem: error ? problemOf(error).message : null }}
          onOrdered={setOrdered}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}
