import fs from 'node:fs'
import { expect, test } from 'vitest'
import { providers } from '#lib/providers/registry.ts'

/** Set by our own programs for each other, or for tests: nobody writes them into a file. */
const INTERNAL = ['EMBEDDED', 'COALESCE_REFRESH']
/** Read by scripts/, which start the programs. */
const OF_SCRIPTS = ['BACKUP_DATABASE_URL', 'HOST', 'MIGRATION_DATABASE_URL', 'PORT', 'SHADOW_DATABASE_URL']

const example = fs.readFileSync('.env.example', 'utf8')
const named = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]*)=/gm)].map(([, name = '']) => name)
const ofProviders = named.filter((name) => name.startsWith('PROVIDER_'))

const read = () => {
  const [, shape = ''] =
    /const Environment = z\.object\(\{(.*?)^\}\)/ms.exec(fs.readFileSync('lib/platform/env.ts', 'utf8')) ?? []
  return [...shape.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name)
}

test('.env.example names every variable that the program reads, once, and no other', () => {
  const general = named.filter((name) => !ofProviders.includes(name))
  expect(read().length).toBeGreaterThan(10)
  expect(general.sort()).toEqual([...read().filter((name) => !INTERNAL.includes(name)), ...OF_SCRIPTS].sort())
  const scripts = fs.globSync('scripts/**/*.ts').map((file) => fs.readFileSync(file, 'utf8'))
  for (const name of OF_SCRIPTS) expect(scripts.some((text) => text.includes(name))).toBe(true)
})

test('.env.example has the client and the origins of every provider that has them', () => {
  const wanted = providers.flatMap(({ id, auth, origins }) => {
    const client = auth.flatMap((method) => (method.type === 'oauth2' && method.client ? [method.client] : []))
    const prefix = `PROVIDER_${(client[0] ?? id).replace(/[^a-z]/g, '').toUpperCase()}`
    const own = client.length > 0 ? ['CLIENT_ID', 'CLIENT_SECRET', 'WEBHOOK_SECRET'] : []
    return [...own, ...Object.keys(origins).map((origin) => `${origin.toUpperCase()}_ORIGIN`)].map(
      (name) => `${prefix}_${name}`,
    )
  })
  expect(wanted.length).toBeGreaterThan(3)
  expect(ofProviders.sort()).toEqual([...new Set(wanted)].sort())
})

test('.env.example sets nothing: copied as it is, it changes nothing', () => {
  expect(example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([])
})
