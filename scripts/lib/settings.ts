// What to start, read from the environment (docs: README, "Settings"). Unset DATABASE_URL is embedded mode.
import path from 'node:path'

/** How this start runs. */
export type Settings = {
  isEmbedded: boolean
  isDev: boolean
  host: string
  port: number
  appUrl: string
  dataDir: string
  /** null: no sandbox */
  sandboxPort: number | null
}

/** Reads the settings. Throws an Error that names the variable that is wrong. */
export function readSettings(env: NodeJS.ProcessEnv, isDev: boolean): Settings {
  const isEmbedded = !env.DATABASE_URL
  const port = portFrom(env, 'PORT', 3000)
  const sandbox = env.SANDBOX || (isEmbedded ? 'on' : 'off')
  return {
    isEmbedded,
    isDev,
    host: env.HOST || '127.0.0.1',
    port,
    appUrl: env.APP_URL || `http://localhost:${port}`,
    dataDir: path.resolve(env.DATA_DIR || '.data'),
    sandboxPort: sandbox === 'on' ? portFrom(env, 'SANDBOX_PORT', 3001) : null,
  }
}

function portFrom(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const port = Number(env[name] || otherwise)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`${name} is ${env[name]}: it has to be a port between 1 and 65535`)
}

/** The environment of web, worker and seed. The owner of the database is none of their business. */
export function programEnv(settings: Settings, env: NodeJS.ProcessEnv, own: Record<string, string>): NodeJS.ProcessEnv {
  const { MIGRATION_DATABASE_URL: _, SHADOW_DATABASE_URL: __, BACKUP_DATABASE_URL: ___, ...rest } = env
  const { appUrl, dataDir, host, isDev, isEmbedded, port, sandboxPort } = settings
  const all: NodeJS.ProcessEnv = {
    ...rest,
    ...own,
    NODE_ENV: isDev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    APP_URL: appUrl,
    HOST: host,
    PORT: String(port),
    DATA_DIR: dataDir,
    SANDBOX: sandboxPort === null ? 'off' : 'on',
    ...(sandboxPort === null ? {} : { SANDBOX_PORT: String(sandboxPort) }),
    ...(isEmbedded ? { EMBEDDED: '1' } : {}),
  }
  // next-auth reads these two names (next-auth.js.org/configuration/options)
  return { ...all, NEXTAUTH_URL: appUrl, NEXTAUTH_SECRET: all.AUTH_SECRET }
}

/** The environment of the sandbox, which plays the world outside: none of our secrets. */
export function sandboxEnv(settings: Settings, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /SECRET|KEYRING|TOKEN|DATABASE_URL|SMTP_URL|^PROVIDER_/
  const all = Object.entries(programEnv(settings, env, {}))
  return { NODE_ENV: 'production', ...Object.fromEntries(all.filter(([name]) => !ours.test(name))) }
}
