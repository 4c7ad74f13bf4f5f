import type { Client } from './define.ts'

/** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. */
const formEncode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)

/** How a client proves itself in a header. */
export function basicAuth({ id, secret }: Client): string {
  const pair = `${formEncode(id)}:${formEncode(secret ?? '')}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}
