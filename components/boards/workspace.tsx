'use client'
import { type FocusEvent, lazy, Suspense, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { ShortcutsDialog } from '#components/shell/shortcuts-dialog.tsx'
import { announce } from '#components/ui/announce.ts'
import { BoardContext, type Finding, type OpenBoard } from './board-context.ts'
import { ConnectingDock } from './connecting-dock.tsx'
import { ConnectorDialog } from './connector-dialog.tsx'
import { Messages } from './messages.tsx'
import { type Place, placeBehind, sectionBehind } from './outline.ts'
import { OutlineView } from './outline-view.tsx'
import { Palette } from './palette/palette.tsx'
import { boardShortcuts } from './shortcuts.ts'
import { TopBar } from './top-bar.tsx'
import { useBoardKeys } from './use-board-keys.ts'
import { useIsPhone } from './use-is-phone.ts'

const AskPanel = lazy(async () => ({ default: (await import('#components/answers/ask-panel.tsx')).AskPanel }))

type Asking =
  | { what: 'reference'; onAdded?: () => void }
  | { what: 'connector'; from: string | null }
  | { what: 'shortcuts' }

type Add = (place: Place) => Promise<string[]>

/** The references of which something is on the screen. */
function inView(): string[] {
  const frames = [...document.querySelectorAll<HTMLElement>('[data-object][data-type="reference"]')]
  return frames.flatMap((frame) => {
    const { top, bottom } = frame.getBoundingClientRect()
    const id = frame.dataset.object
    return id && bottom > 0 && top < window.innerHeight ? [id] : []
  })
}

/** The page of a board: what can be done to it above, what stands on it below. */
export function Workspace({ opened, mayDelete }: { opened: Omit<OpenBoard, 'findReference'>; mayDelete: boolean }) {
  const { board, known, cards, changes, adding, sources, focus } = opened
  const [asking, setAsking] = useState<Asking | null>(null)
  /** Whether the board is being asked; what was answered stays when that is closed. */
  const [ask, setAsk] = useState<'never' | 'open' | 'closed'>('never')
  /** What had the focus last: new things go behind it. */
  const last = useRef<string | null>(null)
  const place = useRef<Place>({ section: null })
  const line = useRef(Promise.resolve())

  const here = () => placeBehind(known.objects, last.current)
  const onFocus = ({ target }: FocusEvent) => {
    last.current = target.closest<HTMLElement>('[data-object]')?.dataset.object ?? last.current
  }
  const findReference: OpenBoard['findReference'] = (finding) => {
    if (!board.mayEdit) return
    place.current = here()
    setAsking({ what: 'reference', ...finding })
  }
  /** Adds one after the other, each behind what was added before. */
  const put = (add: Add, { onChosen, onAdded }: Finding = {}) => {
    line.current = line.current.then(async () => {
      const added = (await add(place.current)).at(-1)
      if (!added) return
      place.current = { ...place.current, after: added }
      onAdded?.()
      if (!onChosen) focus(added)
    })
  }
  const choose = (finding: Finding, add: Add) => {
    finding.onChosen?.()
    // the first counts; what is chosen after it is only added
    setAsking({ what: 'reference', ...(finding.onChosen ? { onChosen: () => {} } : {}) })
    put(add, finding)
  }
  const refresh = (ids: string[]) => {
    if (ids.length === 0) return
    announce(ids.length === 1 ? 'Refreshing 1 card' : `Refreshing ${ids.length} cards`)
    void cards.refresh(ids)
  }
  const paste = (urls: string[], isPlain: boolean) => {
    if (!board.mayEdit) return
    place.current = here()
    put((at) => (isPlain ? adding.keepLinks(urls, at) : adding.paste(urls, at)))
  }
  useBoardKeys({
    find: () => findReference(),
    refresh: () => refresh(inView()),
    explain: () => setAsking({ what: 'shortcuts' }),
    undo: () => void changes.history.undo(),
    redo: () => void changes.history.redo(),
    paste,
  })
  const references = known.objects.filter(({ type }) => type === 'reference').map(({ id }) => id)
  const close = () => setAsking(null)
  const isCovered = useIsPhone() && ask === 'open'
  const closeAsk = () => {
    // on a phone the board is inert until it is closed, and takes no focus
    flushSync(() => setAsk('closed'))
    document.querySelector<HTMLElement>('[data-ask]')?.focus()
  }
  return (
    <BoardContext value={{ ...opened, findReference }}>
      <div className="flex flex-1 items-start">
        <div
          onFocusCapture={onFocus}
          data-beneath
          inert={isCovered}
          className="flex min-w-0 flex-1 flex-col self-stretch"
        >
          <TopBar
            mayDelete={mayDelete}
            add={{
              reference: () => findReference(),
              note: () => adding.setDraft({ type: 'note', place: here() }),
              section: () => adding.setDraft({ type: 'section', place: sectionBehind(known.objects, last.current) }),
              connector: () => setAsking({ what: 'connector', from: last.current }),
            }}
            onRefresh={() => refresh(references)}
            onExplain={() => setAsking({ what: 'shortcuts' })}
            ask={{ isOpen: ask === 'open', toggle: () => setAsk(ask === 'open' ? 'closed' : 'open') }}
          />
          <div className="dot-grid flex flex-1 flex-col gap-4 bg-inset p-4 sm:px-8 sm:py-6">
            <Messages />
            <OutlineView />
          </div>
        </div>
        {ask !== 'never' && (
          <Suspense fallback={null}>
            <AskPanel isOpen={ask === 'open'} onClose={closeAsk} />
          </Suspense>
        )}
      </div>
      {asking?.what !== 'reference' && <ConnectingDock />}
      {asking?.what === 'reference' && (
        <Palette
          sources={sources}
          onAdd={(wanted) => choose(asking, (at) => adding.refer(wanted, at))}
          onKeepLinks={(urls) => choose(asking, (at) => adding.keepLinks(urls, at))}
          onClose={close}
        />
      )}
      {asking?.what === 'connector' && <ConnectorDialog from={asking.from} onClose={close} />}
      {asking?.what === 'shortcuts' && <ShortcutsDialog here={boardShortcuts} onClose={close} />}
    </BoardContext>
  )
}
