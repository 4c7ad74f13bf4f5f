// What `npm install` leaves out of package-lock.json, and `npm ci` then misses.

/** One package in the lock, as far as it matters here. */
type Entry = {
  version?: string
  dev?: boolean
  optional?: boolean
  extraneous?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

/** A package-lock.json of lockfileVersion 3. */
export type Lock = { packages: Record<string, Entry> }

// Names of platform packages are made of these words: @next/swc-linux-x64-musl, @img/sharp-win32-arm64, ...
const SYSTEMS: Record<string, string> = {
  android: 'android',
  aix: 'aix',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  linuxmusl: 'linux',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win: 'win32',
  win32: 'win32',
  windows: 'win32',
}
const PROCESSORS: Record<string, string> = {
  arm: 'arm',
  arm64: 'arm64',
  armv6: 'arm',
  armv7: 'arm',
  ia32: 'ia32',
  loong64: 'loong64',
  mips64el: 'mips64el',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  wasm32: 'wasm32',
  x64: 'x64',
}

/**
 * A registry may lack some platforms' packages: `npm install` then leaves them out without a word, and `npm ci` stops with
 * "Missing: ... from lock file". Adds them, by their exact version and the platform in their name, and drops entries that
 * are marked extraneous. Changes `lock`; returns what was added and what could not be.
 */
export function completeLock(lock: Lock): { added: string[]; unknown: string[] } {
  const added: string[] = []
  const unknown: string[] = []
  for (const [at, entry] of Object.entries(lock.packages)) if (entry.extraneous) delete lock.packages[at]
  for (const [at, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const isExact = /^\d+\.\d+\.\d+/.test(version)
      const found = resolve(lock, at, name)
      if (found && (!isExact || found.version === version)) continue
      const platform = platformOf(name)
      if (!platform || !isExact) {
        unknown.push(`${name}@${version}`)
        continue
      }
      const beside = found ? `${at}/` : '' // the place at the top belongs to another version
      const flags = { ...(entry.dev ? { dev: true } : {}), optional: true }
      lock.packages[`${beside}node_modules/${name}`] = { version, ...platform, ...flags }
      added.push(`${name}@${version}`)
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { added, unknown }
}

/** Node's own search: beside the asking package, then in every folder above. */
function resolve(lock: Lock, from: string, name: string): Entry | undefined {
  for (let at = from; ; ) {
    const found = lock.packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]
    if (found || at === '') return found
    at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))
  }
}

function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> | null {
  const words = name.slice(name.lastIndexOf('/') + 1).split(/[-.]/)
  const os = words.map((word) => SYSTEMS[word]).find(Boolean)
  const cpu = words.map((word) => PROCESSORS[word]).find(Boolean)
  if (cpu === 'wasm32') return { cpu: [cpu] }
  if (!os) return null
  const isMusl = words.some((word) => word.startsWith('musl') || word === 'linuxmusl')
  const isGlibc = os === 'linux' && words.some((word) => word.startsWith('gnu'))
  return {
    os: [os],
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(isMusl ? { libc: ['musl'] } : isGlibc ? { libc: ['glibc'] } : {}),
  }
}
