/** What the provider's tab tells the other tabs when it is back: an attempt of ours, or why there is none. */
export type Landed = { attempt: string | null; provider: string | null; problem?: string }

const name = 'pb-connect'

const isLanded = (value: unknown): value is Landed =>
  typeof value === 'object' && value !== null && 'attempt' in value && 'provider' in value

/** Tells the other tabs of this browser. */
export function tellLanded(landed: Landed): void {
  const channel = new BroadcastChannel(name)
  channel.postMessage(landed)
  channel.close()
}

/** Hears what other tabs tell, until the returned function is called. It only hurries: the truth is the attempt's record. */
export function onLanded(hear: (landed: Landed) => void): () => void {
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }) => isLanded(data) && hear(data)
  return () => channel.close()
}
