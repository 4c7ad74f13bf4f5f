// Does node_modules hold what package-lock.json says, and who is installing it? Plain JavaScript, run from the project's root.
import fs from 'node:fs'

const LOCK = '.install.lock'
const json = (/** @type {string} */ file) => JSON.parse(fs.readFileSync(file, 'utf8'))

/** Null when node_modules matches package-lock.json, else the reason to install. */
export function whyStale() {
  /** @type {Record<string, { version?: string }>} */
  let have
  try {
    have = json('node_modules/.package-lock.json').packages // npm writes it last
  } catch {
    return 'node_modules is missing or incomplete'
  }
  for (const [at, want] of Object.entries(json('package-lock.json').packages)) {
    // extraneous: left in the lock by a plain `npm install`, and never installed by `npm ci`
    if (!at || want.link || want.extraneous) continue
    const found = have[at]
    // the packages of other platforms are optional and never there
    if (found ? found.version !== want.version : !want.optional && !want.devOptional)
      return `${at} is not ${want.version}`
  }
  return null
}

/**
 * One install at a time, also when `npm start` and `npm test` begin together. The lock names every process that has to
 * end before it is free: `work` adds npm's, which outlives this one after a kill -9.
 * @template T
 * @param {(name: (pid: number) => void) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withInstallLock(work) {
  const mine = `${LOCK}.${process.pid}`
  const write = (/** @type {number[]} */ pids) => fs.writeFileSync(mine, JSON.stringify(pids.map(describe)))
  write([process.pid])
  for (let told = false; !take(mine); told = true) {
    if (!told) console.log('[install] waiting for the install of another process')
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  try {
    return await work((pid) => {
      write([process.pid, pid])
      fs.copyFileSync(mine, `${mine}.next`)
      fs.renameSync(`${mine}.next`, LOCK)
    })
  } finally {
    for (const file of [LOCK, mine]) fs.rmSync(file, { force: true })
  }
}

/**
 * Links a file that is written already, so that a lock is never seen empty. A lock whose processes are all gone is moved
 * away first; if it turns out to be another one by then, it is put back.
 * @param {string} mine
 */
function take(mine) {
  try {
    fs.linkSync(mine, LOCK)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const aside = `${mine}.old`
  try {
    const seen = fs.readFileSync(LOCK, 'utf8')
    if (seen !== '' && JSON.parse(seen).some(isThere)) return false
    fs.renameSync(LOCK, aside)
    if (fs.readFileSync(aside, 'utf8') !== seen) fs.linkSync(aside, LOCK)
  } catch {
    // another process was faster: look again
  }
  fs.rmSync(aside, { force: true })
  return false
}

/** @param {number} pid */
function describe(pid) {
  return { pid, began: beginningOf(pid) }
}

/** @param {{ pid: number, began: string }} process */
function isThere({ pid, began }) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return beginningOf(pid) === began // else the number was given to another process
}

/**
 * When a process began, in the kernel's ticks; empty where the system does not tell.
 * @param {number} pid
 */
function beginningOf(pid) {
  try {
    // proc_pid_stat(5): the 22nd field; the second, in brackets, may hold spaces
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
