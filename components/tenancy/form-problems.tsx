'use client'
import type { ReactNode } from 'react'
import { ErrorDetails } from '#components/ui/details.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Failure } from './use-submit.ts'

/** The top of a form after a failed try: a summary of two wrong fields or more, or what is wrong with the whole. */
export function FormProblems({
  summary,
  failure,
  wayOut,
}: {
  summary: readonly { id: string; text: string }[]
  failure: Failure | null
  wayOut?: ReactNode
}) {
  return (
    <>
      <ErrorSummary errors={summary} />
      {failure && (
        <Notice tone="error" title={failure.text} live="alert" actions={wayOut}>
          {failure.kind === 'unexpected' && failure.requestId && <ErrorDetails requestId={failure.requestId} />}
        </Notice>
      )}
    </>
  )
}
