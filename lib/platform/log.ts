import 'server-only'
import { pino } from 'pino'
import { Problem } from './problem.ts'

// Shapes of secrets that this product meets: its own tokens, the providers' prefixes, JWEs, bearer headers, PEM blocks.
const secretShape =
  /\b(?:pb_[a-z]*_?[A-Za-z0-9]{16,}|gh[opsru]_[A-Za-z0-9_]{8,}|github_pat_[A-Za-z0-9_]{8,}|xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}|sntry[aisu]_[\w=-]{8,}|sk-or-[\w-]{8,}|ntn_\w{8,}|ya29\.[\w-]{8,}|1\/\/[\w-]{20,}|AT[A-Z]{2}[\w=-]{16,}|[A-Za-z0-9]{8,}\.atlasv1\.[\w-]{8,}|eyJ[\w-]{8,}\.[\w-]*\.[\w.-]*|(?:Bearer|Basic)\s+[\w+/=.~-]{8,}|token\s+[\w-]+:[\w-]+:[\w+/=.~-]{8,})/gi
const secretName =
  /^(?:.*(?:token|secret|password|passwd|verifier|authorization|cookie|credential|keyring|apikey|api_key)|code|state|key|sealed|grant|csrf)$/i
const queryParameter =
  /([?&](?:code|state|token|access_token|refresh_token|client_secret|code_verifier|key)=)[^&\s"']+/gi

/** Masks what looks like a secret inside a text. */
const maskText = (text: string): string => text.replace(queryParameter, '$1[hidden]').replace(secretShape, '[hidden]')

/** A copy that is safe to print: fields named like secrets are hidden, texts masked, errors flattened, depth bounded. */
export function mask(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value)
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? String(value) : value
  if (depth > 6) return '[deep]'
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `[${value.length} bytes]`
  if (value instanceof Error) return maskError(value, depth)
  if (Array.isArray(value)) return value.slice(0, 100).map((entry) => mask(entry, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      secretName.test(name) && entry !== null && typeof entry !== 'boolean' ? '[hidden]' : mask(entry, depth + 1),
    ]),
  )
}

function maskError(error: Error, depth: number): object {
  return {
    type: error.name,
    message: maskText(error.message),
    ...(error instanceof Problem ? { kind: error.kind } : { stack: maskText(error.stack ?? '') }),
    ...('code' in error ? { errorCode: mask(error.code, depth + 1) } : {}),
    ...(error.cause ? { cause: mask(error.cause, depth + 1) } : {}),
  }
}

/** The log of this process. Whatever is handed to it goes through `mask` first, so that it cannot print a secret. */
export const log = pino(
  {
    level: process.env.LOG_LEVEL || 'info', // read here and not from env(): the log must work before the environment is known to be complete
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: {
      logMethod(args, method) {
        method.apply(this, args.map((arg) => mask(arg)) as Parameters<typeof method>) // the same arguments, masked
      },
    },
  },
  process.stdout,
)
