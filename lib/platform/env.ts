import 'server-only'
import { z } from 'zod'

const flag = z.enum(['on', 'off'])
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/
const origin = z.url().transform((value) => value.replace(/\/+$/, ''))

const Environment = z.object({
  DATABASE_URL: z.string().min(1),
  APP_URL: z
    .url()
    .refine((value) => new URL(value).protocol === 'https:' || loopback.test(new URL(value).hostname), {
      error: 'must be https, except on loopback',
    })
    .transform((value) => new URL(value).origin),
  AUTH_SECRET: z.string().min(32, { error: 'must be at least 32 characters' }),
  KEYRING: z.string().transform(parseKeyring),
  SANDBOX: flag.default('off'),
  SANDBOX_PORT: z.coerce.number().int().default(3001),
  EMBEDDED: z.literal('1').optional(),
  DATA_DIR: z.string().default('.data'),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default('Plugboard <plugboard@localhost>'),
  EGRESS_ALLOW: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean),
    ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_TOKEN: z.string().optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).default(10),
  COALESCE_REFRESH: flag.default('on'),
})

export type Keyring = readonly { kid: string; key: Uint8Array }[]
export type ProviderEnvironment = {
  clientId?: string
  clientSecret?: string
  webhookSecret?: string
  origins: Readonly<Record<string, string>>
}
export type Env = z.infer<typeof Environment> & { providers: Readonly<Record<string, ProviderEnvironment>> }

function parseKeyring(text: string, context: z.RefinementCtx): Keyring {
  const keys = text.split(',').map((entry) => {
    const [kid = '', encoded = ''] = entry.split(/:(.*)/s)
    return { kid: kid.trim(), key: new Uint8Array(Buffer.from(encoded.trim(), 'base64')) }
  })
  if (keys.some(({ kid, key }) => !kid || key.length !== 32))
    context.addIssue({ code: 'custom', message: 'must be kid:base64 of 32 bytes, separated by commas' })
  return keys
}

/** PROVIDER_GITHUB_CLIENT_ID, PROVIDER_GITHUB_API_ORIGIN, ...: grouped by the word after PROVIDER_, origins by theirs. */
function parseProviders(source: Record<string, string | undefined>): Record<string, ProviderEnvironment> {
  const found: Record<string, { -readonly [K in keyof ProviderEnvironment]: ProviderEnvironment[K] }> = {}
  for (const [name, value] of Object.entries(source)) {
    const parts = /^PROVIDER_([A-Z]+)_(CLIENT_ID|CLIENT_SECRET|WEBHOOK_SECRET|([A-Z]+)_ORIGIN)$/.exec(name)
    if (!parts?.[1] || !value) continue
    found[parts[1]] ??= { origins: {} }
    const entry = found[parts[1]] ?? { origins: {} }
    if (parts[3]) entry.origins = { ...entry.origins, [parts[3].toLowerCase()]: origin.parse(value) }
    else if (parts[2] === 'CLIENT_ID') entry.clientId = value
    else if (parts[2] === 'CLIENT_SECRET') entry.clientSecret = value
    else entry.webhookSecret = value
  }
  return found
}

/** Reads an environment. Throws an Error that names every variable that is missing or wrong, never its value. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const known = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(known)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      return known[name] === undefined ? `${name} is not set` : `${name} ${message}`
    })
    throw new Error(`The environment is not complete:\n  ${[...new Set(faults)].join('\n  ')}`)
  }
  return { ...parsed.data, providers: parseProviders(known) }
}

let parsed: Env | undefined

/** The environment of this process, parsed at its first use. */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}
