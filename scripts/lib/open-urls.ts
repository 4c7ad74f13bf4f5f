// The database a command works on: the one of the environment, or the embedded one, running or not.
import path from 'node:path'
import { embeddedUrls, startEmbedded, type Urls } from './embedded.ts'
import { holdFolder } from './folder-lock.ts'

/** A database to work on; `close` ends what had to be started for it. */
export type OpenUrls = { urls: Urls; close: () => Promise<void> }

/**
 * With DATABASE_URL: that database, as the owner of MIGRATION_DATABASE_URL (and SHADOW_DATABASE_URL for scratch ones).
 * Without: the embedded one, started for this command unless `npm start` runs it already.
 */
export async function openUrls(say: (line: string) => void): Promise<OpenUrls> {
  const { DATABASE_URL: app, MIGRATION_DATABASE_URL: owner, SHADOW_DATABASE_URL: shadow } = process.env
  if (!app) return openEmbedded(say)
  if (!owner) throw new Error('MIGRATION_DATABASE_URL is not set: it names the owner of the database of DATABASE_URL')
  return { urls: { app, owner, superuser: shadow ?? owner }, close: async () => {} }
}

/** The database as a role that sees every row; `urls` too where it is the embedded one. */
export async function openForBackup(
  say: (line: string) => void,
): Promise<{ url: string; urls: Urls | null; close: () => Promise<void> }> {
  const { BACKUP_DATABASE_URL: url, DATABASE_URL: app } = process.env
  if (url) return { url, urls: null, close: async () => {} }
  if (app) throw new Error('BACKUP_DATABASE_URL is not set: it names a role with BYPASSRLS (docs/runbooks/backup.md)')
  const { urls, close } = await openEmbedded(say)
  return { url: urls.superuser, urls, close }
}

async function openEmbedded(say: (line: string) => void): Promise<OpenUrls> {
  const dataDir = path.resolve(process.env.DATA_DIR || '.data')
  const hold = holdFolder(dataDir, { pid: process.pid, address: 'a command on the database' })
  if (hold) {
    const postgres = await startEmbedded(dataDir, { say })
    const close = async () => {
      await postgres.stop()
      hold.release()
    }
    return { urls: postgres.urls, close }
  }
  const urls = embeddedUrls(dataDir)
  if (!urls) throw new Error(`${dataDir} is being set up by another process: try again in a moment`)
  return { urls, close: async () => {} }
}
