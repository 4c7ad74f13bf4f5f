import type { KeyboardEvent, ReactNode } from 'react'
import { Table, Th } from '#components/ui/table.tsx'
import type { ResourceView } from '#lib/resources/schema.ts'
import { ReadOnlyRow, ResourceRow } from './resource-row.tsx'
import type { Selection } from './selection.ts'
import { useWindow } from './use-window.ts'
import { MOST_ROWS } from './window.ts'

type Props = {
  caption: string
  /** What a row is, in the singular: `Channel`. */
  kindName: string
  rows: readonly ResourceView[]
  /** Null for those who only read. */
  acting: {
    selection: Selection
    pending: ReadonlySet<string>
    onChoose: (id: string, isRange: boolean) => void
    onTurn: (row: ResourceView) => void
  } | null
  /** Told when somebody begins to type while a row has the focus. */
  onType: () => void
}

const isTyping = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey

/** The containers as a table of which no more than a hundred rows are drawn at a time. */
export function ResourceTable({ caption, kindName, rows, acting, onType }: Props) {
  const { from, to, before, after, list } = useWindow(rows.length)
  const isCut = rows.length > MOST_ROWS
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: typing on a row searches; the field for it stands above
    <div ref={list} role="presentation" onKeyDown={(event) => isTyping(event) && onType()}>
      <Table caption={caption} rowCount={isCut ? rows.length + 1 : undefined} head={<Head kindName={kindName} />}>
        <Gap height={before} />
        {rows.slice(from, to).map((row, n) => {
          const rowIndex = isCut ? from + n + 2 : undefined
          if (!acting) return <ReadOnlyRow key={row.id} row={row} rowIndex={rowIndex} />
          const { selection, pending, onChoose, onTurn } = acting
          return (
            <ResourceRow
              key={row.id}
              isChosen={selection.ids.has(row.id)}
              isPending={pending.has(row.id)}
              {...{ row, rowIndex, onChoose, onTurn }}
            />
          )
        })}
        <Gap height={after} />
      </Table>
    </div>
  )
}

const Head = ({ kindName }: Pick<Props, 'kindName'>): ReactNode => (
  <>
    <Th>{kindName}</Th>
    <Th>Private</Th>
    <Th>
      <span className="whitespace-nowrap">Available on boards</span>
    </Th>
  </>
)

/** Stands for the rows that are not drawn. The page's policy allows no style attribute in what a server sends. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null
  const stretch = (cell: HTMLTableCellElement | null) => {
    if (cell) cell.style.height = `${height}px`
  }
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing is in it that could have the focus
    <tr aria-hidden="true" className="max-sm:block">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- it controls nothing */}
      <td ref={stretch} className="p-0 max-sm:block" />
    </tr>
  )
}
