import { cx } from 'class-variance-authority'
import type { ComponentProps, ReactNode } from 'react'

/**
 * Rows and columns. On a phone each row becomes a stack of labelled lines, so every Td carries its column's name.
 * `rowCount`: how many rows there are with the heading, where not all of them are drawn. `isWide`: with columns that need
 * room; where there is less, it is moved sideways, by the keyboard too. `widths`: a class for each column, which then is as
 * wide whatever is in it, so that no column moves while texts come.
 */
export function Table({
  caption,
  head,
  rowCount,
  isWide = false,
  widths,
  children,
}: {
  caption: string
  head: ReactNode
  rowCount?: number | undefined
  isWide?: boolean
  widths?: readonly string[]
  children: ReactNode
}) {
  const scroller = { role: 'region', 'aria-label': caption, tabIndex: 0 }
  return (
    <div
      {...(isWide && scroller)}
      className={cx('rounded-group border border-line bg-surface', isWide ? 'overflow-x-auto' : 'overflow-clip')}
    >
      <table
        aria-rowcount={rowCount}
        className={cx(
          'w-full border-collapse text-start max-sm:block',
          isWide && 'sm:min-w-200',
          widths && 'sm:table-fixed',
        )}
      >
        <caption className="sr-only">{caption}</caption>
        {widths && (
          <colgroup className="max-sm:hidden">
            {widths.map((width, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <col key={at} className={width} />
            ))}
          </colgroup>
        )}
        <thead className="max-sm:sr-only">
          <tr className="border-line border-b">{head}</tr>
        </thead>
        <tbody className="divide-y divide-line max-sm:block">{children}</tbody>
      </table>
    </div>
  )
}

/** A column's heading; `sort` where the column can be sorted: its content is then a button or link that does. */
export function Th({
  sort,
  end = false,
  children,
}: {
  sort?: 'ascending' | 'descending' | 'none'
  end?: boolean
  children: ReactNode
}) {
  return (
    <th
      scope="col"
      aria-sort={sort}
      className={cx(
        'px-4 py-2 font-medium text-ink-3 text-small [&>:is(a,button)]:min-h-6',
        end ? 'text-end' : 'text-start',
      )}
    >
      {children}
    </th>
  )
}

/** A row. */
export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={cx('max-sm:block max-sm:py-2', className)} {...rest} />
}

const cell = cx(
  'px-4 py-2.5 align-top max-sm:flex max-sm:items-baseline max-sm:gap-3 max-sm:py-1',
  'sm:compact:h-10 sm:compact:py-1 sm:compact:align-middle',
)

/** The cell that names its row. */
export function RowHead({ className, ...rest }: ComponentProps<'th'>) {
  return <th scope="row" className={cx(cell, 'text-start font-semibold', className)} {...rest} />
}

/** A cell; `label` is its column's heading, seen when rows are stacked. */
export function Td({ label, end = false, children }: { label: string; end?: boolean; children?: ReactNode }) {
  return (
    <td
      data-label={label}
      className={cx(
        cell,
        'max-sm:before:w-28 max-sm:before:shrink-0 max-sm:before:text-ink-3 max-sm:before:text-small max-sm:before:content-[attr(data-label)]',
        end && 'tabular-nums sm:text-end',
        children === undefined && 'max-sm:hidden',
      )}
    >
      <div className="min-w-0">{children}</div>
    </td>
  )
}
