import { cx } from 'class-variance-authority'

/** Lines on a 16 px grid. Own drawings: an icon library's wrapper would cost each page more than all of these. */
const shapes = {
  check: 'M3 8.5 6.5 12 13 4.5',
  choose: 'M5 6 8 3l3 3M5 10l3 3 3-3',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M6 6h7.25v7.25H6zM10 6V2.75H2.75V10H6',
  down: 'M4 6l4 4 4-4',
  external: 'M9.5 2.75h3.75V6.5M13 3 7.5 8.5M11.25 9v4.25h-8.5v-8.5H7',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  more: 'M3.25 8h.01M8 8h.01M12.75 8h.01',
  plus: 'M8 3v10M3 8h10',
  right: 'M6 4l4 4-4 4',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.25 10.25 13.5 13.5',
  shield: 'M8 1.75 13.25 3.5v4c0 3.2-2.2 5.6-5.25 6.75C4.95 13.1 2.75 10.7 2.75 7.5v-4zM5.5 7.75 7.25 9.5l3.25-3.5',
  up: 'M4 10l4-4 4 4',
} as const

export type IconName = keyof typeof shapes

/** A small line drawing beside words, or alone in a button that has a name. Never read out itself. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className={cx('size-4 shrink-0', className)}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={shapes[name]} />
    </svg>
  )
}
