import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { remainingOf, usageOf } from './keys.ts'
import { freeToday } from './limits.ts'
import { modelOf, providerOf } from './models.ts'
import { notFound } from './refusal.ts'
import { accountOf, type Caller, type Key, type State } from './state.ts'

const NO_BYOK = { byok_usage: 0, byok_usage_daily: 0, byok_usage_weekly: 0, byok_usage_monthly: 0 }

const spending = (state: State, key: Key) => ({
  limit: key.limit,
  limit_remaining: remainingOf(state, key),
  limit_reset: key.limitReset,
  include_byok_in_limit: false,
  usage: usageOf(state, key, null),
  usage_daily: usageOf(state, key, 'daily'),
  usage_weekly: usageOf(state, key, 'weekly'),
  usage_monthly: usageOf(state, key, 'monthly'),
  ...NO_BYOK,
})

/** GET /key: what the key that asks is. `expires_at` is there only for a key that expires. */
export const showKey: Handler<Caller> = (_call, _params, { state, account, key }) =>
  json(200, {
    data: {
      label: key.label,
      ...spending(state, key),
      is_free_tier: account.purchased === 0,
      is_management_key: key.isManagement,
      is_provisioning_key: key.isManagement,
      creator_user_id: account.userId,
      organization_id: null,
      workspace_id: null,
      free_model_daily_requests: freeToday(state, account),
      allowed_data_regions: ['global'],
      ...(key.expiresAt !== null && { expires_at: timestamp(key.expiresAt) }),
      rate_limit: { requests: 1000, interval: '1h', note: 'This field is deprecated and safe to ignore.' },
    },
  })

/** GET /credits, for management keys. */
export const showCredits: Handler<Caller> = (_call, _params, { account }) =>
  json(200, { data: { total_credits: account.purchased, total_usage: account.spent } })

/** GET /keys, for management keys: the account's, by hash. */
export const listKeys: Handler<Caller> = (_call, _params, { state, account }) => {
  const own = [...state.keys.values()].filter((key) => key.account === account.login && !key.isManagement)
  return json(200, {
    data: own.map((key) => ({
      hash: key.hash,
      name: key.label,
      label: key.label,
      disabled: key.isDisabled,
      ...spending(state, key),
      created_at: timestamp(key.createdAt),
      updated_at: timestamp(key.createdAt),
      expires_at: key.expiresAt === null ? null : timestamp(key.expiresAt),
      creator_user_id: account.userId,
      workspace_id: null,
    })),
  })
}

/** DELETE /keys/{hash}, for management keys of the same account. */
export const deleteKey: Handler<Caller> = (_call, { hash = '' }, { state, account }) => {
  const key = [...state.keys.values()].find((one) => one.hash === hash && one.account === account.login)
  if (!key) throw notFound()
  state.keys.delete(key.value)
  return json(200, { deleted: true })
}

/** GET /generation?id=: an answer that was given to this account. */
export const showGeneration: Handler<Caller> = (call, _params, { state, account }) => {
  const found = state.generations.get(call.query.get('id') ?? '')
  if (found?.account !== account.login) throw notFound()
  const model = modelOf(found.model)
  const native = { native_tokens_prompt: found.promptTokens, native_tokens_completion: found.completionTokens }
  return json(200, {
    data: {
      id: found.id,
      model: found.model,
      provider_name: model ? providerOf(model) : null,
      api_type: 'completions',
      created_at: timestamp(found.createdAt),
      tokens_prompt: found.promptTokens,
      tokens_completion: found.completionTokens,
      ...native,
      native_tokens_reasoning: 0,
      native_tokens_cached: 0,
      total_cost: found.cost,
      usage: found.cost,
      latency: 640,
      generation_time: found.completionTokens * 12,
      finish_reason: found.finishReason,
      native_finish_reason: found.finishReason,
      streamed: found.isStreamed,
      cancelled: found.isCancelled,
      is_byok: false,
      origin: found.attribution.referer ?? '',
      http_referer: found.attribution.referer ?? null,
      app_id: null,
      upstream_id: null,
      moderation_latency: null,
      cache_discount: null,
      external_user: null,
    },
  })
}

/** Who a key's payments are taken from, for the pages. */
export const ownerOf = (state: State, key: Key): string => accountOf(state, key.account)?.name ?? key.account

const timestamp = (at: number): string => new Date(at).toISOString()
