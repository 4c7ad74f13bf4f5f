import { describe, expect, test } from 'vitest'
import { github } from '#lib/providers/github/provider.ts'
import { failed, acmeFile as file, githubApi, githubFixture, reader } from '#tests/support/github-api.ts'

describe('files', () => {
  const read = async (id: string) => {
    const github = await githubApi(githubFixture('file'))
    return { ...github, file: await reader('file').read(github.api, id) }
  }

  test('a card has the path, twelve lines, the ref, the last commit and the size', async () => {
    const { file: start, received } = await read(file('src/start.ts'))
    expect(start).toMatchObject({ title: 'start.ts', updatedAt: '2026-11-18T10:05:00Z', container: 'acme/engine' })
    expect(start.url).toBe('https://github.com/acme/engine/blob/main/src/start.ts')
    expect(start.body).toMatchObject({ path: 'src/start.ts', ref: 'main', commit: '6f1c0de0'.repeat(5), firstLine: 1 })
    expect(start.body?.lines).toHaveLength(12)
    expect(start.body?.lines).toContain('export const line1 = 1 // naïve')
    expect(received.map(({ query }) => query.get('path') ?? '')).toEqual(['', 'src/start.ts'])
  })

  test.each([
    ['from a line on', 10, 0, 10, 12, '#L10'],
    ['of a range', 10, 12, 10, 3, '#L10-L12'],
    ['of one line', 10, 10, 10, 1, '#L10'],
    ['of a range that is too long', 3, 30, 3, 12, '#L3-L30'],
    ['at the end', 29, 0, 29, 2, '#L29'],
    ['beyond the end', 99, 0, 99, 0, '#L99'],
  ])('the lines %s', async (_, from, to, firstLine, count, hash) => {
    const { file: start } = await read(file('src/start.ts', 'main', from, to))
    expect(start.body).toMatchObject({ firstLine, ref: 'main' })
    const lines = start.body?.lines
    expect(Array.isArray(lines) && lines.length).toBe(count)
    expect(Array.isArray(lines) ? lines[0] : undefined).toBe(
      count > 0 ? `export const line${from} = ${from} // naïve` : undefined,
    )
    expect(new URL(start.url).hash).toBe(hash)
  })

  test.each([
    ['logo.png', 'binary'],
    ['latin1.txt', 'binary'],
    ['zeros.txt', 'binary'],
    ['big.json', 'too_large'],
    ['CHANGES', 'symlink'],
    ['vendor-gears', 'submodule'],
  ])('%s has no lines, and says why: %s', async (path, omitted) => {
    const { file: odd } = await read(file(path))
    expect(odd.body).toMatchObject({ path, omitted, lines: [] })
  })

  test('a name with signs of its own in an address is read as it is', async () => {
    const { file: crank, asked } = await read(file('src/parts/crank #1 50%.ts'))
    expect(crank.body).toMatchObject({ path: 'src/parts/crank #1 50%.ts', ref: 'main', lines: ['turn()'] })
    expect(asked()[0]).toBe('GET /repos/acme/engine/contents/src/parts/crank #1 50%.ts')
  })

  test('a very long line is cut', async () => {
    const content = Buffer.from('x'.repeat(5000)).toString('base64')
    const about = { type: 'file', name: 'a', path: 'a', size: 5000, sha: 's', encoding: 'base64', content }
    const { api } = await githubApi({
      'GET /repos/acme/engine/contents/a': { body: about },
      'GET /repos/acme/engine/commits': { body: [] },
    })
    const { body } = await reader('file').read(api, file('a'))
    expect(body).toMatchObject({ lines: ['x'.repeat(400)], commit: '' })
  })

  test('a ref with a slash is told from the path by the branches', async () => {
    const { file: start, asked } = await read(file('cool/src/start.ts', 'feature'))
    expect(start.body).toMatchObject({ ref: 'feature/cool', path: 'src/start.ts', lines: ['cool', 'and windows'] })
    expect(asked()).toContain('GET /repos/acme/engine/branches')
  })

  test('a file that is missing on its branch is looked for once', async () => {
    const { api, asked } = await githubApi(githubFixture('file'))
    expect((await failed(reader('file').read(api, file('missing.ts', 'main')))).failure).toBe('not_found')
    expect(asked()).toEqual(['GET /repos/acme/engine/contents/missing.ts', 'GET /repos/acme/engine/branches'])
  })

  test('a file that is not there is not found, and a directory is no file', async () => {
    const { api, asked } = await githubApi(githubFixture('file'))
    expect((await failed(reader('file').read(api, file('missing.ts')))).failure).toBe('not_found')
    expect((await failed(reader('file').read(api, file('src')))).failure).toBe('not_found')
    expect(asked()).not.toContain('GET /repos/acme/engine/branches')
  })

  test.each(['', 'not-ours', Buffer.from('["a"]').toString('base64url'), 'W10', file('x').slice(0, -3)])(
    'an id that is none of ours is not found, and nobody is asked: %j',
    async (id) => {
      const { api, received } = await githubApi(githubFixture('file'))
      for (const { kind } of github.readers)
        expect((await failed(reader(kind).read(api, id))).failure).toBe('not_found')
      expect(received).toEqual([])
    },
  )

  test.each(['../../../user', 'a/../../b', '/etc', 'a//b', './a', 'a\u0000b'])(
    'an id whose path would climb out of its repository is refused: %j',
    async (path) => {
      const { api, received } = await githubApi(githubFixture('account'))
      const id = Buffer.from(JSON.stringify(['acme', 'engine', '', path, 0, 0])).toString('base64url')
      expect((await failed(reader('file').read(api, id))).failure).toBe('not_found')
      const owner = Buffer.from(JSON.stringify(['..', 'user'])).toString('base64url')
      expect((await failed(reader('repository').read(api, owner))).failure).toBe('not_found')
      expect(received).toEqual([])
    },
  )
})
