// The database of embedded mode: a server of our own in DATA_DIR/postgres, with the same three roles as a real one.
import path from 'node:path'
import { type Postgres, startPostgres, superuserUrlOf } from './postgres-server.ts'
import { provision, withClient } from './roles.ts'
import { readSecrets } from './secrets.ts'

const DATABASE = 'plugboard'
const OWNER = 'plugboard_owner'
const APP = 'plugboard_app'

/** The URLs of one database: who serves, who migrates, who may do everything (never given to web or worker). */
export type Urls = { app: string; owner: string; superuser: string }

/** Where embedded mode keeps its server. */
const postgresFolder = (dataDir: string) => path.join(dataDir, 'postgres')

/** Starts the server and makes roles and database. Whoever calls must hold DATA_DIR alone. */
export async function startEmbedded(
  dataDir: string,
  options: { say: (line: string) => void; onlyPort?: number },
): Promise<Postgres & { urls: Urls }> {
  const postgres = await startPostgres({ folder: postgresFolder(dataDir), ...options })
  const { ownerPassword, appPassword } = readSecrets(dataDir)
  const roles = { owner: { user: OWNER, password: ownerPassword }, app: { user: APP, password: appPassword } }
  await withClient(postgres.superuserUrl('postgres'), (client) => provision(client, roles, DATABASE))
  return { ...postgres, urls: urlsOf(dataDir, postgres.superuserUrl(DATABASE)) }
}

/** The URLs of the server that another process runs in this DATA_DIR; null when there never was one. */
export function embeddedUrls(dataDir: string): Urls | null {
  const superuser = superuserUrlOf(postgresFolder(dataDir), DATABASE)
  return superuser === null ? null : urlsOf(dataDir, superuser)
}

function urlsOf(dataDir: string, superuser: string): Urls {
  const { ownerPassword, appPassword } = readSecrets(dataDir)
  return { superuser, owner: withLogin(superuser, OWNER, ownerPassword), app: withLogin(superuser, APP, appPassword) }
}

/** The same database, as another role. */
export function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}
