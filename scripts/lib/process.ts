// Facts about other processes, and how ours are started and ended.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'

/** Resolves after that many milliseconds. */
export const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Whether a process with this id exists (a zombie counts as gone). */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return !isZombie(pid)
}

function isZombie(pid: number): boolean {
  try {
    // proc_pid_stat(5): the state follows the command, which is in brackets and may itself hold spaces
    return /\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** The folder a process works in; null where this system does not tell. */
export function workingFolderOf(pid: number): string | null {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`)
  } catch {}
  try {
    const lines = execFileSync('lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn'], {
      stdio: 'pipe',
      encoding: 'utf8',
    })
    return /^n(.+)$/m.exec(lines)?.[1] ?? null
  } catch {
    return null
  }
}

/** Sends a signal to a whole process group; one that is gone already is fine. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, signal)
  } catch {}
}
