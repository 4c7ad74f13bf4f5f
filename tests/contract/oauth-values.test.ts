import { calculatePKCECodeChallenge } from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { challengeOf, newAttemptValues } from '#lib/oauth/attempt-values.ts'

const samples = Array.from({ length: 1000 }, newAttemptValues)

/** How often each bit of 32 bytes is set among the samples; a fair bit is near one half. */
function shareOfOnes(texts: readonly string[]): number[] {
  const bytes = texts.map((text) => Buffer.from(text, 'base64url'))
  return Array.from({ length: 256 }, (_, bit) => {
    const ones = bytes.filter((one) => ((one[bit >> 3] ?? 0) >> (bit & 7)) & 1).length
    return ones / texts.length
  })
}

describe('check 11: the values of an attempt', () => {
  test('a state is 256 bits in base64url, and none comes twice', () => {
    for (const { state } of samples) expect(state).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(new Set(samples.map(({ state }) => state)).size).toBe(samples.length)
  })

  test('every bit of a state is free: no place is fixed, counts up or follows the clock', () => {
    // six standard deviations of a fair coin thrown 1,000 times
    for (const share of shareOfOnes(samples.map(({ state }) => state)))
      expect(Math.abs(share - 0.5)).toBeLessThan(0.095)
    const inOrder = samples.map(({ state }) => Buffer.from(state, 'base64url').readBigUInt64BE())
    const rises = inOrder.filter((value, index) => index > 0 && value > (inOrder[index - 1] ?? 0n)).length
    expect(rises).toBeGreaterThan(400)
    expect(rises).toBeLessThan(600)
  })

  test('a verifier is at least 43 characters of the allowed ones, and belongs to one attempt', () => {
    for (const { verifier } of samples) expect(verifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/)
    expect(new Set(samples.map(({ verifier }) => verifier)).size).toBe(samples.length)
    expect(samples.every(({ state, verifier }) => state !== verifier)).toBe(true)
  })

  test('the challenge of RFC 7636 appendix B comes out as printed there', () => {
    expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    )
  })

  test('a challenge agrees with another implementation of S256', async () => {
    for (const { verifier, challenge } of samples.slice(0, 20))
      expect(challenge).toBe(await calculatePKCECodeChallenge(verifier))
  })
})
