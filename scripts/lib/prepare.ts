// The generated client and the production build, made only when what they are made from has changed.
// Every build has a folder of its own, named by its inputs: a build for the tests never replaces files that a running
// `npm start` serves.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { type Hold, holdFolder } from './folder-lock.ts'
import { sleep } from './process.ts'
import type { Supervisor } from './supervise.ts'

const BUILDS = '.next/builds'
const BUILDS_KEPT = 3
const DONE = 'COMPLETE'

const GENERATE_FROM = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json']
const BUILD_FROM =
  'app components lib public prisma/schema.prisma proxy.ts instrumentation.ts next.config.ts postcss.config.mjs tsconfig.json package.json package-lock.json'.split(
    ' ',
  )
/** Not part of what is built: tests beside the code, their answers, what the schema generates. */
const NOT_BUILT = /\.test\.tsx?$|\/fixtures\/|^prisma\/generated\//

const tools = { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', NEXT_TELEMETRY_DISABLED: '1' }

/** Runs programs to their end: all that is needed of a supervisor here. */
type Runner = Pick<Supervisor, 'run'>

/** Makes prisma/generated what prisma/schema.prisma says. */
export async function ensureGenerated(runner: Runner, say: (line: string) => void): Promise<void> {
  const wanted = fingerprint(GENERATE_FROM)
  const stamp = 'prisma/generated/.made-from'
  const isMade = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted
  if (isMade()) return
  await alone(say, async () => {
    if (isMade()) return // by the one we waited for
    const env = { ...process.env, ...tools }
    await timed('prisma generate', say, () =>
      runner.run('prisma generate', { args: ['node_modules/prisma/build/index.js', 'generate'], env, stdio: 'ignore' }),
    )
    fs.writeFileSync(stamp, wanted)
  })
}

/** The folder of the finished build of this checkout; null where there is none. */
export function buildFolder(): string | null {
  const folder = folderOfBuild()
  return fs.existsSync(path.join(folder, DONE)) ? folder : null
}

const folderOfBuild = () => path.posix.join(BUILDS, fingerprint(BUILD_FROM).slice(0, 16))

/** Makes the production build of this checkout and returns its folder (Next's distDir). */
export async function ensureBuilt(runner: Runner, say: (line: string) => void): Promise<string> {
  await ensureGenerated(runner, say)
  const folder = folderOfBuild()
  const isBuilt = () => fs.existsSync(path.join(folder, DONE))
  if (!isBuilt())
    await alone(say, async () => {
      if (isBuilt()) return
      const env = { ...process.env, ...tools, NODE_ENV: 'production' as const, BUILD_FOLDER: folder }
      await timed('next build', say, () =>
        runner.run('next build', { args: ['node_modules/next/dist/bin/next', 'build'], env }),
      )
      fs.writeFileSync(path.join(folder, DONE), '')
      forgetOldBuilds()
    })
  fs.utimesSync(path.join(folder, DONE), new Date(), new Date()) // used just now
  return folder
}

/** One at a time, whichever of `npm start`, `npm test` and `npm run check` asks. */
async function alone(say: (line: string) => void, work: () => Promise<void>): Promise<void> {
  let hold: Hold | null = null
  for (let told = false; hold === null; told = true) {
    hold = holdFolder(BUILDS, { pid: process.pid, address: 'a build' })
    if (hold) break
    if (!told) say('waiting for the build of another process')
    await sleep(200)
  }
  try {
    await work()
  } finally {
    hold.release()
  }
}

async function timed(name: string, say: (line: string) => void, work: () => Promise<void>): Promise<void> {
  const began = performance.now()
  say(name)
  await work()
  say(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

function fingerprint(inputs: readonly string[]): string {
  const hash = createHash('sha256').update(process.version)
  for (const file of inputs.flatMap(filesOf)) hash.update(`\0${file}\0`).update(fs.readFileSync(file))
  return hash.digest('hex')
}

function filesOf(at: string): string[] {
  const stat = fs.statSync(at, { throwIfNoEntry: false })
  if (!stat) return []
  if (stat.isFile()) return NOT_BUILT.test(at) ? [] : [at]
  return fs
    .readdirSync(at)
    .sort()
    .flatMap((name) => filesOf(path.posix.join(at, name)))
}

/** A build holds about as much as the checkout: keeps those used last. */
function forgetOldBuilds(): void {
  const usedAt = (folder: string) => fs.statSync(path.join(folder, DONE), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const folders = fs
    .readdirSync(BUILDS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(BUILDS, entry.name))
    .sort((a, b) => usedAt(b) - usedAt(a))
  for (const folder of folders.slice(BUILDS_KEPT)) fs.rmSync(folder, { recursive: true, force: true })
}
