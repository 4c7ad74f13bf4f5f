import { readFileSync } from 'node:fs'
import type { Provider, Reader } from '#lib/providers/define.ts'
import type { Received, Reply } from './loopback.ts'

/** What a provider answers, by method, path and the query parameters that count: `GET /search?q=lathe`. */
export type Exchanges = Readonly<Record<string, Reply>>

/** Reads the fixtures of a provider, each by its name. */
export const fixtureOf =
  (provider: string) =>
  <T = Exchanges>(name: string): T =>
    JSON.parse(readFileSync(new URL(`../../lib/providers/${provider}/fixtures/${name}.json`, import.meta.url), 'utf8'))

/** The exchange that fits a request best: its path with the query parameters that a key names, else its path alone. */
export function choose(exchanges: Exchanges, { method, path, query }: Received, otherwise: Reply): Reply {
  const fits = Object.entries(exchanges).filter(([key]) => {
    const [target, named] = key.split('?')
    const wanted = [...new URLSearchParams(named)]
    return target === `${method} ${path}` && wanted.every(([name, value]) => query.get(name) === value)
  })
  const [best] = fits.sort(([a], [b]) => b.length - a.length)
  return best?.[1] ?? otherwise
}

/** A provider's readers, each by its kind and with every way to read; a way that it lacks fails. */
export const readerOf =
  ({ readers }: Provider) =>
  (kind: string): Required<Pick<Reader, 'list' | 'search' | 'read' | 'match'>> => {
    const none = () => Promise.reject(new Error(`no such way to read ${kind}`))
    const found = readers.find((one) => one.kind === kind)
    return { list: none, search: none, read: none, match: () => null, ...found }
  }
