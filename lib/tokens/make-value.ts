import { randomBytes } from 'node:crypto'
import { sha256 } from '#lib/platform/hmac.ts'
import { VALUE_START } from './schema.ts'

const SHOWN_AFTER_START = 4

/** A new value, of which only the rest is kept: 192 random bits in letters that a double click selects whole. */
export function makeValue() {
  const value = `${VALUE_START}${randomBytes(24).toString('hex')}`
  const kept = {
    tokenHash: sha256(value),
    startsWith: value.slice(0, VALUE_START.length + SHOWN_AFTER_START),
    endsWith: value.slice(-SHOWN_AFTER_START),
  }
  return { value, kept }
}
