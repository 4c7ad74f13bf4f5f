import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Answer, type Call, header, json, parseJson } from '#sandbox/http.ts'
import { issueKey } from './keys.ts'
import { badRequest, Refusal } from './refusal.ts'
import { accountOf, type ConsentRequest, type State } from './state.ts'

const Exchange = z.object({
  code: z.string().min(1),
  code_verifier: z.string().nullish(),
  code_challenge_method: z.enum(['S256', 'plain']).nullish(),
})

/** POST /api/v1/auth/keys: a code for a key, once. There is no client and no Authorization. */
export function exchangeCode(call: Call, state: State): Answer {
  if (!/^application\/json\b/i.test(header(call, 'content-type') ?? '')) throw badRequest()
  const sent = Exchange.safeParse(parseJson(call.body))
  if (!sent.success) throw badRequest()
  const { code: value, code_verifier: verifier, code_challenge_method: method } = sent.data
  const code = state.codes.get(value)
  state.codes.delete(value)
  const account = code && accountOf(state, code.account)
  if (!account) throw new Refusal(403, 'Invalid code or code_verifier')
  if (code.expiresAt <= state.world.clock.now()) throw new Refusal(403, 'Authorization code expired')
  if ((method ?? null) !== (code.challenge?.method ?? null) && !isPlainByDefault(code, method))
    throw badRequest('Invalid code_challenge_method')
  if (!isProven(code, verifier ?? null)) throw new Refusal(403, 'Invalid code or code_verifier')

  const { keyLimit, keyLimitReset, keySeconds } = state.settings
  const key = issueKey(state, {
    account: account.login,
    label: code.label,
    limit: keyLimit,
    limitReset: keyLimitReset,
    expiresAt: keySeconds === null ? null : state.world.clock.now() + keySeconds * 1000,
  })
  call.note.account = account.login
  call.note.token = key.value
  return json(200, { key: key.value, user_id: account.userId }, { 'cache-control': 'no-store' })
}

// RFC 7636 s.4.3: the method is "plain" where none is named.
const isPlainByDefault = (code: ConsentRequest, method: string | null | undefined): boolean =>
  code.challenge?.method === 'plain' && (method ?? null) === null

/** Whether the verifier fits the challenge. A verifier without a challenge is a downgrade (RFC 9700 s.2.1.1). */
function isProven({ challenge }: ConsentRequest, verifier: string | null): boolean {
  if (challenge === null || verifier === null) return challenge === null && verifier === null
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false // RFC 7636 s.4.1
  const proof = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url')
  const [left, right] = [proof, challenge.value].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
