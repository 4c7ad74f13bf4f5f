import { readCards } from '#lib/boards/read-cards.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { inFuture, now } from '#lib/platform/clock.ts'
import { randomToken } from '#lib/platform/hmac.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Piece, Prompt } from '#lib/providers/define.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { answeringProvider, readAsk } from './queries.ts'
import type { AnswerEvent, AskView, Question, TroubleCode } from './schema.ts'
import { type Cause, explainCause } from './status.ts'
import { chooseSources, type Numbered, writePrompt } from './write-prompt.ts'

const MAX_TOKENS = 1500
/** No answer is longer, whatever a model does with its tokens. */
const MOST_LETTERS = 60_000
const LONGEST_MS = 5 * 60_000
/** How long we wait when we are told to, but not how long. */
const UNTOLD_WAIT_MS = 60_000

/** Until when a model is not asked again, by connection and model: what limits a free one does not limit the others. */
const waits = new Map<string, Date>()
const WAITS_KEPT = 1_000

const byFailure: Record<ProviderFailure['failure'], TroubleCode> = {
  plan: 'out_of_credit',
  rate_limited: 'limited',
  not_found: 'model_gone',
  forbidden: 'refused',
  scope: 'refused',
  setup: 'refused',
  expired: 'reauth',
  revoked: 'reauth',
  unavailable: 'unavailable',
}

function causeOf({ failure, detail, retryAt }: ProviderFailure): Cause {
  if (detail === 'too_long') return { code: 'too_long', retryAt: null }
  if (failure === 'unavailable' && detail === 'broke_off') return { code: 'broke_off', retryAt: null }
  return { code: byFailure[failure], retryAt: failure === 'rate_limited' ? retryAt : null }
}

function noteWait(key: string, { code, retryAt }: Cause): void {
  if (code !== 'limited') return
  if (waits.size > WAITS_KEPT) waits.clear()
  waits.set(key, retryAt ?? inFuture(UNTOLD_WAIT_MS))
}

function waitFor(key: string): Cause | null {
  const retryAt = waits.get(key)
  if (retryAt && retryAt > now()) return { code: 'limited', retryAt }
  waits.delete(key)
  return null
}

type Emit = (event: AnswerEvent) => void
/** Has the question answered: hands over each event as it is there, until the answer ends or `signal` does. */
export type Asked = (emit: Emit, signal: AbortSignal) => Promise<void>

/** What a person has to do before anything is sent anywhere. */
function allowSending(ask: AskView): string {
  if (ask.state === 'off') throw new Problem('forbidden', ask.message ?? undefined)
  if (!ask.connectionId) throw new Problem('not-connected', ask.message ?? undefined)
  if (!ask.isNoticeRead)
    throw new Problem(
      'consent-required',
      `Your question and the cards' text are sent to a model through ${ask.provider.name}. Confirm that you have read this.`,
    )
  return ask.connectionId
}

async function gather(
  actor: Actor,
  boardId: string,
  { excluded }: AskView,
  ticked: readonly string[] | undefined,
): Promise<{ sources: Numbered[]; isCut: boolean }> {
  const cards = await readCards(actor, boardId)
  const chosen = chooseSources(cards, { excluded, ...(ticked ? { ticked } : {}) })
  if (chosen.sources.length === 0) throw fieldProblem('cards', 'There is no card to answer from. Tick one you can see.')
  return chosen
}

/** Hands on the pieces of one answer. What ends it after its first words is its own trouble, not the connection's. */
async function relay(pieces: AsyncIterable<Piece>, emit: Emit, signal: AbortSignal): Promise<Cause | null> {
  let letters = 0
  try {
    for await (const piece of pieces) {
      if (signal.aborted) return null
      if ('end' in piece) emit({ type: 'done', ...piece })
      else if (letters < MOST_LETTERS) emit({ type: 'text', text: piece.text.slice(0, MOST_LETTERS - letters) })
      letters += 'text' in piece ? piece.text.length : 0
    }
    return null
  } catch (error) {
    if (signal.aborted) return null
    if (letters === 0 || !(error instanceof ProviderFailure)) throw error
    return error.failure === 'unavailable' ? { code: 'broke_off', retryAt: null } : causeOf(error)
  }
}

/** Why there is no answer from a model; null when there was one, or nobody waits for it any more. */
async function converse(actor: Actor, connectionId: string, prompt: Prompt, emit: Emit): Promise<Cause | null> {
  try {
    return await withConnection(actor, connectionId, async (api) =>
      relay(answeringProvider().converse.ask(api, prompt), emit, prompt.signal),
    )
  } catch (error) {
    if (error instanceof ProviderFailure) return causeOf(error)
    if (error instanceof Problem && error.kind === 'not-connected') return { code: 'reauth', retryAt: null }
    throw error
  }
}

/**
 * Asks a board a question, which is answered from the cards that the asker can see right now and from nothing else. Nothing
 * is kept or logged. Throws, before anything is sent: `not-found`, `forbidden` where it is switched off, `not-connected`,
 * `consent-required`, `fields-not-accepted`. What goes wrong later is an event.
 */
export async function askBoard(actor: Actor, boardId: string, { question, model, cards }: Question): Promise<Asked> {
  const ask = await readAsk(actor, boardId)
  const connectionId = allowSending(ask)
  const { sources, isCut } = await gather(actor, boardId, ask, cards)
  const written = writePrompt(sources, question, randomToken())
  return async (emit, signal) => {
    emit({ type: 'sources', sources: sources.map(({ source }) => source), isCut })
    const key = `${connectionId} ${model}`
    const ends = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)])
    const prompt = { ...written, model, maxTokens: MAX_TOKENS, signal: ends }
    const cause = waitFor(key) ?? (await converse(actor, connectionId, prompt, emit))
    if (!cause) return
    noteWait(key, cause)
    emit({ type: 'problem', ...explainCause(cause, { name: ask.provider.name, mayManage: ask.mayManage }) })
  }
}
