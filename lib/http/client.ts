/** What somebody tries: an address of ours, with or without a token of theirs. */
export type Trial = { method: string; path: string; body: string | null; token: string | null }

/** What came back, as it came. */
export type TrialAnswer = { status: number; reason: string; media: string; text: string; ms: number }

const MOST_SHOWN = 50_000

/** Sends what somebody tries on the page of an operation: as themselves, or, with a token, without their cookies. */
export async function sendTrial({ method, path, body, token }: Trial): Promise<TrialAnswer> {
  const began = performance.now()
  const response = await fetch(path, {
    method,
    credentials: token === null ? 'same-origin' : 'omit',
    headers: {
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === null ? {} : { body }),
  })
  const text = await response.text()
  const media = response.headers.get('content-type') ?? ''
  return {
    status: response.status,
    reason: response.statusText,
    media,
    text: (media.includes('json') ? indented(text) : text).slice(0, MOST_SHOWN),
    ms: Math.round(performance.now() - began),
  }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text // lines of JSON are several values
  }
}
