'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useOpenBoard } from '#components/boards/board-context.ts'
import { useIsPhone } from '#components/boards/use-is-phone.ts'
import { Button } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'
import { acceptNotice, askOf } from '#lib/answers/client.ts'
import type { AskView, Source } from '#lib/answers/schema.ts'
import { Composer } from './composer.tsx'
import { ContextLine } from './context-line.tsx'
import { ModelPicker, useModels } from './model-picker.tsx'
import { NotReady } from './not-ready.tsx'
import { starterQuestions } from './starter-questions.ts'
import { Transcript } from './transcript.tsx'
import { type Model, useAnswers } from './use-answers.ts'
import { useContextCards } from './use-context-cards.ts'

/** What is sent away, said once before anything is. */
function FirstUse({ ask, model, onRead }: { ask: AskView; model: Model | null; onRead: () => void }) {
  return (
    <Notice
      tone="info"
      title="Before the first question"
      actions={
        <Button variant="primary" size="row" onClick={onRead}>
          Continue
        </Button>
      }
    >
      Your question and the cards' text are sent to {model?.title ?? 'a model'} through {ask.provider.name}.
    </Notice>
  )
}

function Conversation({ ask, onCite }: { ask: AskView; onCite: (source: Source) => void }) {
  const { org, board } = useOpenBoard()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Model | null>(null)
  const { data: models } = useModels(org, ask, '')
  const context = useContextCards(ask.excluded)
  const answers = useAnswers({ org, board: board.id })
  const first = models?.items[0]
  const model = chosen ?? (first ? { id: first.id, title: first.title } : null)
  const mayAsk = ask.isNoticeRead && model !== null && context.used > 0 && answers.running === null
  const send = (question: string) => {
    if (!mayAsk || !model) return
    answers.ask({ question, model, cards: context.chosen })
  }
  const readNotice = async () => client.setQueryData(askOf(org, board.id).queryKey, await acceptNotice(org, board.id))
  return (
    <>
      <Transcript
        answers={answers}
        starters={starterQuestions(board.name, context.cards)}
        mayAsk={mayAsk}
        onStart={send}
        onAgain={({ question }) => send(question)}
        onCite={onCite}
      />
      {/* in sight also while something above the board pushes the panel down */}
      <div className="sticky bottom-0 grid gap-3 border-line border-t bg-paper p-4">
        <ContextLine context={context} />
        <ModelPicker org={org} ask={ask} model={model} onChoose={setChosen} />
        {ask.isNoticeRead ? (
          <Composer
            text={text}
            onText={setText}
            isAnswering={answers.running !== null}
            mayAsk={mayAsk}
            onAsk={() => {
              send(text.trim())
              setText('')
            }}
            onStop={answers.stop}
          />
        ) : (
          <FirstUse ask={ask} model={model} onRead={() => void readNotice()} />
        )}
      </div>
    </>
  )
}

/** Asks the board. Beside it, and on a phone in front of it; what was answered stays while the page does. */
export function AskPanel({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { org, board, focus, isEnded } = useOpenBoard()
  const { data: ask, isError } = useQuery({ ...askOf(org, board.id), enabled: isOpen && !isEnded })
  const isPhone = useIsPhone()
  const panel = useRef<HTMLElement>(null)
  const isReady = ask !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: acts when it opens, and when there is something to write into
  useEffect(() => {
    if (!isOpen) return
    const target = panel.current?.querySelector<HTMLElement>('[data-autofocus]') ?? panel.current
    target?.focus()
  }, [isOpen, isReady, ask?.isNoticeRead])
  const cite = ({ objectId }: Source) => {
    if (isPhone) onClose()
    focus(objectId)
  }
  if (isEnded) return null
  return (
    <aside
      ref={panel}
      hidden={!isOpen}
      tabIndex={-1}
      aria-labelledby="ask-title"
      id="ask-panel"
      className="sticky top-0 z-20 flex h-dvh w-96 shrink-0 flex-col border-line border-s bg-paper max-sm:fixed max-sm:inset-0 max-sm:w-full max-sm:border-0 [&[hidden]]:hidden"
    >
      <div className="flex items-center justify-between gap-2 border-line border-b px-4 py-3">
        <h2 id="ask-title" className="font-semibold text-h2">
          Ask
        </h2>
        <Button variant="quiet" size="icon" aria-label="Close Ask" onClick={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      {!ask && !isError && (
        <Loading what="Ask" className="grid gap-2 p-4">
          <Skeleton className="h-6 w-48" />
          <Skeleton className="h-6 w-64" />
        </Loading>
      )}
      {!ask && isError && (
        <div className="p-4">
          <Notice tone="error">Plugboard did not answer. Close this and open it again.</Notice>
        </div>
      )}
      {ask && ask.state !== 'ready' && (
        <div className="p-4">
          <NotReady ask={ask} />
        </div>
      )}
      {ask?.state === 'ready' && <Conversation ask={ask} onCite={cite} />}
    </aside>
  )
}
