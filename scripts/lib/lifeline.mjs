// When is it time to end? Asked for, or the one who started us is gone. Plain JavaScript: run.mjs needs it on any Node.
import fs from 'node:fs'

const LOOK_EVERY_MS = 500

/**
 * Calls `end` once: on SIGINT, SIGTERM, SIGHUP, when the channel to a parent closes, or when npm is gone.
 * npm hands SIGTERM to its `sh -c`, which dies of it and tells nobody; a kill -9 of npm is told to nobody at all.
 * Returns how to stop listening.
 * @param {(why: string) => void} end
 * @returns {() => void}
 */
export function onEnd(end) {
  const listeners = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => /** @type {const} */ ([name, () => once(name)]))
  if (process.channel) listeners.push(['disconnect', () => once('its parent ended')])
  const timer = process.env.npm_lifecycle_event && process.platform !== 'win32' ? watchParents(once) : undefined
  const stop = () => {
    for (const [name, listener] of listeners) process.off(name, listener)
    clearInterval(timer)
  }
  let isOver = false
  function once(/** @type {string} */ why) {
    if (isOver) return
    isOver = true
    end(why)
  }
  for (const [name, listener] of listeners) process.on(name, listener)
  process.channel?.unref()
  return stop
}

/** @param {(why: string) => void} end */
function watchParents(end) {
  const parent = process.ppid
  const npm = shellsParent(parent)
  const look = () => {
    if (process.ppid !== parent || (npm !== null && !exists(npm))) end('npm ended')
  }
  return setInterval(look, LOOK_EVERY_MS).unref()
}

/**
 * The process above a shell that npm put between itself and us; null when the parent is no shell.
 * @param {number} pid
 */
function shellsParent(pid) {
  try {
    // proc_pid_stat(5): pid (command) state ppid
    const [, command = '', above] = /^\d+ \((.*)\) \S (\d+) /s.exec(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return /^(sh|dash|bash)$/.test(command) ? Number(above) : null
  } catch {
    return null
  }
}

/** @param {number} pid */
function exists(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
