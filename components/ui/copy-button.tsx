'use client'
import { useEffect, useState } from 'react'
import { announce } from './announce.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

const shownMs = 2000

/** Copies `value`; `label` says what ("Copy address"). What happened is shown and said. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (!result) return
    const timer = setTimeout(() => setResult(null), shownMs)
    return () => clearTimeout(timer)
  }, [result])

  const copy = async () => {
    const copied = await navigator.clipboard?.writeText(value).then(
      () => true,
      () => false,
    )
    setResult(copied ? 'copied' : 'failed')
    announce(copied ? 'Copied' : "Couldn't copy. Select the text and copy it by hand.")
  }
  return (
    <Button size="row" variant="quiet" onClick={copy}>
      <Icon name={result === 'copied' ? 'check' : 'copy'} />
      {result === 'copied' ? 'Copied' : result === 'failed' ? "Couldn't copy" : label}
    </Button>
  )
}
