import fs from 'node:fs'
import { expect, test } from 'vitest'
import { reservedSlugs, Slug } from '#lib/tenancy/schema.ts'

const foldersIn = (path: string): string[] =>
  fs
    .readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => (/^\(.*\)$/.test(name) ? foldersIn(`${path}/${name}`) : [name]))

test('no organization can be called like a first part of an address of ours', () => {
  const own = [...foldersIn('app'), ...foldersIn('public')].filter((name) => !name.startsWith('['))
  expect(own).toContain('providers')
  expect(own.filter((name) => !reservedSlugs.includes(name))).toEqual([])
  for (const name of own) expect(Slug.safeParse(name).success, name).toBe(false)
})
