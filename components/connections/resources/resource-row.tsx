import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { Checkbox, Switch } from '#components/ui/checkbox.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { RowHead, Td, Tr } from '#components/ui/table.tsx'
import type { ResourceView } from '#lib/resources/schema.ts'

export type RowProps = {
  row: ResourceView
  /** Its place in the list with the heading as the first; where not all rows are drawn. */
  rowIndex: number | undefined
  isChosen: boolean
  isPending: boolean
  onChoose: (id: string, isRange: boolean) => void
  onTurn: (row: ResourceView) => void
}

/** Shift and Space: the browser would only toggle the one box. */
const isRangeKey = ({ key, shiftKey }: KeyboardEvent): boolean => key === ' ' && shiftKey

/** A container that can be chosen and switched. */
export function ResourceRow({ row, rowIndex, isChosen, isPending, onChoose, onTurn }: RowProps) {
  const { id, title } = row
  const onKey = (event: KeyboardEvent) => {
    if (!isRangeKey(event)) return
    event.preventDefault()
    if (event.type === 'keydown' && !event.repeat) onChoose(id, true)
  }
  const onClick = ({ shiftKey }: MouseEvent) => onChoose(id, shiftKey)
  return (
    <Tr data-row={id} aria-rowindex={rowIndex} className="[&_input]:scroll-mt-28">
      <Name>
        <Checkbox
          label={title}
          checked={isChosen}
          onChange={() => {}}
          onClick={onClick}
          onKeyDown={onKey}
          onKeyUp={onKey}
        />
      </Name>
      <Privacy row={row} />
      <Td label="On boards">
        <Switch
          label={<span className="sr-only">{title} available on boards</span>}
          checked={row.onBoards === true}
          aria-busy={isPending || undefined}
          onChange={() => onTurn(row)}
        />
      </Td>
    </Tr>
  )
}

/** A container as those see it who cannot switch it. */
export function ReadOnlyRow({ row, rowIndex }: Pick<RowProps, 'row' | 'rowIndex'>) {
  return (
    <Tr data-row={row.id} aria-rowindex={rowIndex}>
      <Name>{row.title}</Name>
      <Privacy row={row} />
      <Td label="On boards">{row.onBoards ? 'Available' : 'Off'}</Td>
    </Tr>
  )
}

const Name = ({ children }: { children: ReactNode }) => (
  <RowHead className="wrap-anywhere sm:w-full">{children}</RowHead>
)

function Privacy({ row: { isPrivate } }: Pick<RowProps, 'row'>) {
  if (!isPrivate) return <Td label="Private" />
  return (
    <Td label="Private">
      <span className="flex items-center gap-1 whitespace-nowrap text-ink-2">
        <Jack name="lock" />
        Private
      </span>
    </Td>
  )
}
