'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { MoreMenu } from '#components/ui/more-menu.tsx'
import { standingsOf } from '#lib/connections/client.ts'
import { suspectLeak } from '#lib/governance/client.ts'
import type { RotationView } from '#lib/governance/schema.ts'
import { problemOf } from '#lib/platform/client.ts'

/** Says that others may know a credential, and what follows from that. */
export function ReportLeak({ item, org }: { item: RotationView; org: string }) {
  const { name, noun, connection } = item
  const queries = useQueryClient()
  const [isAsking, setIsAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const report = async () => {
    setBusy(true)
    setProblem('')
    try {
      await suspectLeak(org, connection)
      await queries.invalidateQueries({ queryKey: standingsOf(org) })
      setIsAsking(false)
      announce(`Reported. Rotate the ${noun} of ${name} now.`)
    } catch (error) {
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <MoreMenu
        label={`More actions for ${name}`}
        sections={[
          { items: [{ type: 'action', label: 'Report a suspected leak…', onSelect: () => setIsAsking(true) }] },
        ]}
      />
      {isAsking && (
        <AlertDialog
          title={`Report a leak of the ${noun} of ${name}?`}
          confirm="Report leak"
          busy={busy}
          onConfirm={() => void report()}
          onClose={() => setIsAsking(false)}
        >
          <p>
            Owners and admins are told by mail, and {name} needs attention until the {noun} is replaced. The audit log
            keeps your name. The {noun} goes on working meanwhile: if it is being misused, revoke it at {name} first.
          </p>
          {problem && <p className="text-error">{problem}</p>}
        </AlertDialog>
      )}
    </>
  )
}
