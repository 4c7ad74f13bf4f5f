import { type Call, fieldNames, fields } from './http.ts'

/** One request received: names of its query and body fields, never their values; `headers` are the ones its provider notes. `status` is null until answered, 0 when the connection was cut. */
type LogEntry = {
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

export type Log = { begin(provider: string, call: Call, at: number): LogEntry; entries(): LogEntry[]; clear(): void }

const KEPT = 20_000

/** Keeps the last 20,000 requests in the order they arrived. */
export function startLog(): Log {
  let entries: LogEntry[] = []
  return {
    begin: (provider, call, at) => {
      const sent = fields(call)
      const entry: LogEntry = {
        at: new Date(at).toISOString(),
        provider,
        origin: call.origin,
        method: call.method,
        path: call.path,
        query: [...new Set(call.query.keys())],
        body: fieldNames(call),
        status: null,
        ...(sent?.grant_type === undefined ? {} : { grantType: sent.grant_type }),
      }
      entries.push(entry)
      if (entries.length > KEPT) entries = entries.slice(-KEPT / 2)
      return entry
    },
    entries: () => entries,
    clear: () => {
      entries = []
    },
  }
}

/** A secret as it may be shown: its first four characters. */
export const shortened = (secret: string): string => `${secret.slice(0, 4)}…`
