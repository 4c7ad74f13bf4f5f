import fs from 'node:fs'
import { expect, test } from 'vitest'
import { completeLock, type Lock } from '#scripts/lib/lockfile.ts'

test('a platform’s package that npm left out of the lock is added as its name says', () => {
  const lock: Lock = {
    packages: {
      '': {},
      'node_modules/swc': {
        version: '1.2.3',
        dev: true,
        optionalDependencies: {
          '@swc/linux-x64-musl': '1.2.3',
          '@swc/darwin-arm64': '1.2.3',
          '@swc/wasm32-wasi': '1.2.3',
        },
      },
      'node_modules/@swc/darwin-arm64': { version: '1.2.3', optional: true },
    },
  }
  expect(completeLock(lock)).toEqual({ added: ['@swc/linux-x64-musl@1.2.3', '@swc/wasm32-wasi@1.2.3'], unknown: [] })
  expect(lock.packages['node_modules/@swc/linux-x64-musl']).toEqual({
    version: '1.2.3',
    os: ['linux'],
    cpu: ['x64'],
    libc: ['musl'],
    dev: true,
    optional: true,
  })
  expect(lock.packages['node_modules/@swc/wasm32-wasi']).toMatchObject({ cpu: ['wasm32'] })
})

test('a package is looked for where Node looks for it: beside, and in every folder above', () => {
  const lock: Lock = {
    packages: {
      'node_modules/a/node_modules/b': { optionalDependencies: { 'x-win32-x64': '2.0.0', 'y-linux-x64': '1.0.0' } },
      'node_modules/a/node_modules/x-win32-x64': { version: '2.0.0' },
      'node_modules/y-linux-x64': { version: '1.0.0' },
    },
  }
  expect(completeLock(lock)).toEqual({ added: [], unknown: [] })
})

test('where the top holds another version, the missing one goes beside the package that asks for it', () => {
  const lock: Lock = {
    packages: {
      'node_modules/a': { optionalDependencies: { 'x-linux-x64': '1.0.0' } },
      'node_modules/x-linux-x64': { version: '2.0.0' },
    },
  }
  completeLock(lock)
  expect(lock.packages['node_modules/a/node_modules/x-linux-x64']).toMatchObject({ version: '1.0.0' })
})

test('a package whose name tells no platform, or whose version is a range, is told', () => {
  const lock: Lock = {
    packages: { 'node_modules/a': { optionalDependencies: { fsevents: '2.3.3', 'b-linux-x64': '^1.0.0' } } },
  }
  expect(completeLock(lock)).toEqual({ added: [], unknown: ['fsevents@2.3.3', 'b-linux-x64@^1.0.0'] })
})

test('an entry that npm marked extraneous is dropped', () => {
  const lock: Lock = { packages: { 'node_modules/gone': { version: '1.0.0', extraneous: true } } }
  completeLock(lock)
  expect(lock.packages).toEqual({})
})

test('the lock of this project is complete', () => {
  const lock: Lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
  expect(completeLock(lock)).toEqual({ added: [], unknown: [] })
})
