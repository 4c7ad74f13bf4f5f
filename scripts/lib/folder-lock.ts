// One supervisor for each DATA_DIR. The lock is SQLite's lock on a file: the kernel lets go of it however its process
// ends, so there is no stale one to judge, and a process id that was given away again cannot mislead anybody.
import fs from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Who holds a folder, as they described themselves. */
export type Holder = { pid: number; address: string }

/** A folder held by this process. */
export type Hold = {
  /** whether the one before left without letting go: its children may be ending at this moment */
  wasAbandoned: boolean
  release: () => void
}

/** Takes the folder for this process; null when another has it (then `readHolder` says who). */
export function holdFolder(folder: string, holder: Holder): Hold | null {
  fs.mkdirSync(folder, { recursive: true })
  const lock = new DatabaseSync(path.join(folder, 'running.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    // SQLITE_BUSY (www.sqlite.org/rescode.html)
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) return null
    throw error
  }
  const note = noteOf(folder)
  const wasAbandoned = fs.existsSync(note)
  fs.writeFileSync(note, JSON.stringify(holder))
  return {
    wasAbandoned,
    release: () => {
      fs.rmSync(note, { force: true })
      lock.close()
    },
  }
}

/** Who holds the folder; null in the moment between taking it and saying so. */
export function readHolder(folder: string): Holder | null {
  try {
    return JSON.parse(fs.readFileSync(noteOf(folder), 'utf8'))
  } catch {
    return null
  }
}

const noteOf = (folder: string) => path.join(folder, 'running.json')
