import { useEffect, useRef } from 'react'
import { announce } from '#components/ui/announce.ts'

/** Says one line once the caller is gone: a region in an open dialog would go with it, unheard. */
export function useLastWords(): (text: string) => void {
  const words = useRef('')
  useEffect(
    () => () => {
      if (words.current) announce(words.current)
    },
    [],
  )
  return (text) => {
    words.current = text
  }
}
