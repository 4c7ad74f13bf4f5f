'use client'
import { cx } from 'class-variance-authority'
import { useEffect, useRef } from 'react'
import { Icon } from '#components/ui/icon.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { Group, Option } from './groups.ts'
import { useAnchored } from './use-settled.ts'

type Acting = {
  active: Option | undefined
  optionId: (option: Option) => string
  onChoose: (option: Option, isStaying: boolean) => void
  onEnter: (option: Option) => void
}

/** The palette's list: a group for each source, what came of it beside its name. The focus stays in the field. */
export function Options({
  id,
  groups,
  isSettled,
  ...acting
}: Acting & { id: string; groups: readonly Group[]; isSettled: boolean }) {
  const list = useAnchored(isSettled)
  const isBusy = groups.some((group) => group.isBusy)
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Results"
      aria-busy={isBusy || undefined}
      className="grid h-[min(26rem,50dvh)] grid-cols-1 content-start gap-3 overflow-y-auto [overflow-anchor:none] overscroll-contain"
    >
      {groups.map((group) => {
        const labelId = `${id}-${group.id}`
        const isComing = group.isBusy && group.options.length === 0
        return isComing ? (
          <Coming key={group.id} group={group} labelId={labelId} />
        ) : (
          <Results key={group.id} group={group} labelId={labelId} {...acting} />
        )
      })}
    </div>
  )
}

/** A group whose source is still being asked: as high as one of which nothing came. */
function Coming({ group: { id, name, said }, labelId }: { group: Group; labelId: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as below
    <div role="group" aria-labelledby={labelId} data-group={id}>
      <p id={labelId} role="presentation" className="flex items-center gap-2 px-2 py-1 text-small">
        <span className="font-semibold text-ink-3">{name}</span>
        {said ? <span className="shrink-0 text-ink-2">{said}</span> : <span className="sr-only">searching</span>}
        <Skeleton className="h-3 w-1/3 min-w-0" />
      </p>
    </div>
  )
}

function Results({ group, labelId, ...acting }: Acting & { group: Group; labelId: string }) {
  const { name, said, isBusy, options } = group
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox; its groups are made by role (ARIA 1.2)
    <div role="group" aria-labelledby={labelId} data-group={group.id}>
      <p id={labelId} role="presentation" className="flex gap-2 px-2 py-1 text-small">
        <span className="font-semibold text-ink-3">{name}</span>
        {said && <span className="min-w-0 text-ink-2">{said}</span>}
        {isBusy && <span className="sr-only">searching</span>}
      </p>
      {options.map((option) => (
        <Row key={option.id} option={option} {...acting} />
      ))}
    </div>
  )
}

const isDoor = (option: Option): boolean =>
  option.type === 'level' || (option.type === 'resource' && option.into !== null)

const isHelp = ({ type }: Option): boolean => type === 'connect' || type === 'open'

function Row({ option, active, optionId, onChoose, onEnter }: Acting & { option: Option }) {
  const row = useRef<HTMLDivElement>(null)
  const isActive = active?.id === option.id
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and takes the keys for the active option
    <div
      ref={row}
      id={optionId(option)}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      aria-disabled={option.type === 'closed' || undefined}
      onPointerDown={(event) => event.preventDefault()}
      onClick={(event) => onChoose(option, event.ctrlKey || event.metaKey)}
      className={cx(
        'flex min-h-10 cursor-pointer items-center gap-2 rounded-badge px-2 py-1 hover:bg-inset aria-disabled:cursor-default pointer-coarse:min-h-11',
        isActive && 'bg-accent-soft hover:bg-accent-soft',
      )}
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate">{option.label}</span>
        {option.detail && (
          <span className={cx('block text-small', isHelp(option) ? 'text-accent' : 'truncate text-ink-3')}>
            {option.detail}
            {option.type === 'open' && <span className="sr-only"> (opens in new tab)</span>}
          </span>
        )}
      </span>
      {option.isPrivate && (
        <span className="flex shrink-0 items-center gap-1 text-ink-3 text-small">
          <Jack name="lock" />
          Private
        </span>
      )}
      {option.type === 'open' && <Icon name="external" className="text-ink-3" />}
      {isDoor(option) && (
        // For pointers; → does it by keyboard.
        <span
          aria-hidden="true"
          data-enter
          className="grid size-7 shrink-0 place-items-center rounded-badge text-ink-3 hover:bg-line pointer-coarse:size-11"
          onPointerDown={(event) => event.preventDefault()}
          onClickCapture={(event) => {
            event.stopPropagation()
            onEnter(option)
          }}
        >
          <Icon name="right" className="rtl:-scale-x-100" />
        </span>
      )}
    </div>
  )
}
