import { answerConsent } from '#sandbox/answer-consent.ts'

/** One request as the sandbox's log shows it. */
export type LoggedRequest = {
  at: string
  provider: string
  origin: string
  method: string
  path: string
  query: string[]
  body: string[]
  status: number | null
  grantType?: string
  account?: string
  token?: string
  headers?: string[]
  fault?: true
}

export type PlannedFault = {
  provider?: string
  method?: string
  path: string
  status?: number
  headers?: Record<string, string>
  body?: unknown
  delayMs?: number
  times?: number
  drop?: boolean | 'before' | 'after'
  after?: boolean
}

export type SandboxClient = ReturnType<typeof sandboxClient>

/** Drives a running sandbox over HTTP: its control calls, and the person who answers a consent page. */
export function sandboxClient(url: string) {
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/__sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`sandbox ${method} ${path}: ${response.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  const set = (settings: { provider: string; [field: string]: unknown }): Promise<Record<string, unknown>> =>
    call('POST', 'set', settings)

  return {
    url,
    control: {
      set,
      clock: (advanceSeconds: number): Promise<{ now: string }> => call('POST', 'clock', { advanceSeconds }),
      faults: (faults: PlannedFault[]): Promise<unknown> => call('POST', 'faults', faults),
      clearFaults: (): Promise<null> => call('DELETE', 'faults'),
      revoke: (what: {
        provider: string
        account?: string
        token?: string
        workspace?: string
        site?: string
        only?: string
      }): Promise<{ ended: number }> => call('POST', 'revoke', what),
      log: (): Promise<LoggedRequest[]> => call('GET', 'log'),
      clearLog: (): Promise<null> => call('DELETE', 'log'),
      reset: (): Promise<unknown> => call('POST', 'reset'),
      webhook: (provider: string, delivery: Record<string, unknown>): Promise<Record<string, unknown>> =>
        call('POST', `webhooks/${provider}`, delivery),
    },
    consent: answerConsent,
  }
}
