import { isFree, type Model } from './models.ts'
import { type Caller, type Received, rounded, type Settings } from './state.ts'

/** One answer on its way: `pieces` is all that will be said. */
export type Run = {
  caller: Caller
  id: string
  created: number
  model: Model
  pieces: string[]
  finish: 'stop' | 'length'
  promptTokens: number
  received: Received
}

/** Begins an answer. */
export function openRun(caller: Caller, run: Omit<Run, 'caller' | 'created'>): Run {
  run.received.outcome = 'running'
  return { ...run, caller, created: Math.floor(caller.state.world.clock.now() / 1000) }
}

const MILLION = 1_000_000

function costOf({ model, promptTokens }: Run, sent: number): number {
  if (isFree(model) || !model.pricing) return 0
  return rounded((promptTokens * model.pricing.prompt + sent * model.pricing.completion) / MILLION)
}

/** Ends an answer after `sent` pieces: it is paid for, and can be looked up by its id. */
export function settle(run: Run, sent: number, outcome: 'finished' | 'failed' | 'cancelled'): void {
  const { state, account, key } = run.caller
  const cost = costOf(run, sent)
  const at = state.world.clock.now()
  run.received.outcome = outcome
  run.received.pieces = sent
  key.spent.push({ at, cost })
  account.spent = rounded(account.spent + cost)
  state.generations.set(run.id, {
    id: run.id,
    account: account.login,
    model: run.model.id,
    createdAt: at,
    promptTokens: run.promptTokens,
    completionTokens: sent,
    cost,
    finishReason: outcome === 'finished' ? run.finish : outcome === 'failed' ? 'error' : null,
    isStreamed: run.received.isStreamed,
    isCancelled: outcome === 'cancelled',
    attribution: run.received.attribution,
  })
}

/** The `usage` member after `sent` pieces; its cost is in US dollars. */
export function usageOfRun(run: Run, sent: number): object {
  return {
    prompt_tokens: run.promptTokens,
    completion_tokens: sent,
    total_tokens: run.promptTokens + sent,
    cost: costOf(run, sent),
    cost_details: {
      upstream_inference_cost: null,
      upstream_inference_prompt_cost: 0,
      upstream_inference_completions_cost: 0,
    },
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  }
}

/** A failure after the request was accepted; its code is a word or a number. */
export const failure = (what: Settings['failWith']): { code: string | number; message: string } =>
  what === 'rate_limit'
    ? { code: 429, message: 'Rate limit exceeded' }
    : { code: 'server_error', message: 'Provider disconnected unexpectedly' }
