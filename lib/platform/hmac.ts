import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** SHA-256 as bytes, for what is kept as a hash (session ids, tokens, states). */
export const sha256 = (text: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(text).digest())

/** SHA-256 in lowercase hexadecimal. */
export const sha256Hex = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** HMAC-SHA-256 in lowercase hexadecimal. */
export const hmacHex = (secret: string, text: string | Uint8Array): string =>
  createHmac('sha256', secret).update(text).digest('hex')

/** Compares in constant time; unequal lengths are unequal. */
export function safeEqual(a: string | Uint8Array, b: string | Uint8Array): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** `bytes` random bytes as base64url; 32 of them are 256 bits in 43 characters. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url')
