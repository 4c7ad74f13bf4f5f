import { Jack } from '#components/ui/jack.tsx'
import { audienceText } from '../audience.ts'
import { useOpenBoard } from '../board-context.ts'
import type { Source } from '../sources.ts'
import type { Option } from './groups.ts'

/** Who will read what is about to be added, where that is more than those who could before. */
export function Audience({ option, sources }: { option: Option | undefined; sources: readonly Source[] }) {
  const { place } = useOpenBoard()
  const resource = option?.type === 'resource' ? option.resource : undefined
  const text = audienceText(resource, sources, place.org.name)
  return (
    <p role="status" className="flex gap-1.5 text-small empty:hidden">
      {text && (
        <>
          <Jack name="attention" className="text-warn-icon" />
          {text}
        </>
      )}
    </p>
  )
}
