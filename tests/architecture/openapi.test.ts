import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

test('every address of the API is in its description', () => {
  const files = fs.globSync('app/api/v1/**/route.ts').map((file) => file.split(path.sep).join('/'))
  const described = fs.readFileSync('app/api/openapi.json/operations.ts', 'utf8')
  const entries = [...described.matchAll(/\['(\/api\/v1\/[^']+)', (\w+)\]/g)]
  const imports = new Map(
    [...described.matchAll(/import \* as (\w+) from '#(app[^']+)'/g)].map(([, name, file]) => [name, file]),
  )
  expect(files.length).toBeGreaterThan(20)
  const toFile = (address = '') => `app${address.replaceAll('{', '[').replaceAll('}', ']')}/route.ts`
  expect(entries.map(([, address]) => toFile(address)).sort()).toEqual(files.sort())
  // and each address is served by its own file
  for (const [, address, name] of entries) expect(imports.get(name)).toBe(toFile(address))
})

test('a route file exports methods made by route(), and settings of Next, nothing else', () => {
  const allowed = /^export const (?:(?:GET|POST|PUT|PATCH|DELETE) = route\(|(?:dynamic|maxDuration|runtime) = )/
  const strangers = fs.globSync('app/api/v1/**/route.ts').flatMap((file) =>
    fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('export ') && !allowed.test(line))
      .map((line) => `${file}: ${line}`),
  )
  expect(strangers).toEqual([])
})

test('each operation says which scope a token needs, or that no token may come', () => {
  const operations = fs.globSync('app/api/v1/**/route.ts').flatMap((file) =>
    fs
      .readFileSync(file, 'utf8')
      .split(/^export const (?=[A-Z]+ = route\()/m)
      .slice(1)
      .map((text) => ({ name: `${text.split(' ')[0]} ${file}`, text })),
  )
  expect(operations.length).toBeGreaterThan(60)
  const silent = operations.filter(({ text }) => !/who: 'public'|scope: (?:null|'[a-z:]+'),/.test(text))
  expect(silent.map(({ name }) => name)).toEqual([])
})
