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

type Source = Readonly<Record<string, string | undefined>>
type Fault = string

/** PROVIDER_GITHUB_CLIENT_ID, PROVIDER_GITHUB_API_ORIGIN, ...: grouped by the word after PROVIDER_, origins by theirs. */
function parseProviders(source: Source): { found: Env['providers']; faults: Fault[] } {
  const found: Record<string, { -readonly [K in keyof ProviderEnvironment]: ProviderEnvironment[K] }> = {}
  const faults: Fault[] = []
  for (const [name, value] of Object.entries(source)) {
    const parts = /^PROVIDER_([A-Z]+)_(CLIENT_ID|CLIENT_SECRET|WEBHOOK_SECRET|([A-Z]+)_ORIGIN)$/.exec(name)
    if (!parts?.[1] || !value) continue
    const entry = found[parts[1]] ?? { origins: {} }
    found[parts[1]] = entry
    if (parts[3]) {
      const read = origin.safeParse(value)
      if (read.success) entry.origins = { ...entry.origins, [parts[3].toLowerCase()]: read.data }
      else faults.push(`${name} must be an address like https://proxy.example`)
    } else if (parts[2] === 'CLIENT_ID') entry.clientId = value
    else if (parts[2] === 'CLIENT_SECRET') entry.clientSecret = value
    else entry.webhookSecret = value
  }
  for (const [name, { clientId, clientSecret }] of Object.entries(found)) {
    if (clientId && !clientSecret) faults.push(`PROVIDER_${name}_CLIENT_SECRET is not set`)
    if (clientSecret && !clientId) faults.push(`PROVIDER_${name}_CLIENT_ID is not set`)
  }
  return { found, faults }
}

/** Reads an environment. Throws an Error that names every variable that is missing or wrong, never its value. */
export function parseEnv(source: Source): Env {
  const known = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(known)
  const { found, faults } = parseProviders(known)
  const wrong = (parsed.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0])
    return known[name] === undefined ? `${name} is not set` : `${name} ${message}`
  })
  if (parsed.success && faults.length === 0) return { ...parsed.data, providers: found }
  throw new Error(`The environment is not complete:\n  ${[...new Set([...wrong, ...faults])].join('\n  ')}`)
}

let parsed: Env | undefined

/** The environment of this process, parsed at its first use. */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}
