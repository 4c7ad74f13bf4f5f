import { useKeptText } from '#components/ui/use-kept-text.ts'

function parse(text: string): Set<string> {
  try {
    const stored: unknown = JSON.parse(text)
    return new Set(Array.isArray(stored) ? stored.filter((line) => typeof line === 'string') : [])
  } catch {
    return new Set()
  }
}

/** The lines of a guide that are ticked in this browser, of no use to anybody else, and the way to tick one. */
export function useTicks(guide: string): readonly [ReadonlySet<string>, (line: string, isTicked: boolean) => void] {
  const [text, change] = useKeptText(`pb-guide ${guide}`)
  const tick = (line: string, isTicked: boolean) =>
    change((before) => {
      const next = parse(before)
      if (isTicked) next.add(line)
      else next.delete(line)
      return JSON.stringify([...next])
    })
  return [parse(text), tick]
}
