import fs from 'node:fs'
import { expect, test } from 'vitest'
import { drawPicture } from '#scripts/lib/draw-picture.ts'
import { readGraph } from '#scripts/lib/graph.ts'

test('the picture in docs/ is what the imports are now (npm run picture draws it again)', async () => {
  const { files } = await readGraph()
  expect(fs.readFileSync('docs/architecture.svg', 'utf8')).toBe(drawPicture(files))
}, 240_000)

const open = { file: 'lib/boards/open.ts', imports: ['lib/vault/put.ts', 'lib/vault/forget.ts'] }
const put = { file: 'lib/vault/put.ts', imports: ['lib/platform/db.ts'] }

test('the picture counts the imports from part to part, and puts who imports above', () => {
  const picture = drawPicture([put, open])
  expect(picture).toContain('boards imports 2 times from vault')
  expect(picture).toContain('vault imports 1 times from platform')
  expect(picture.indexOf('>boards<')).toBeLessThan(picture.indexOf('>vault<'))
})

test('tests are not drawn, and a circle cannot be', () => {
  const tested = { file: 'lib/vault/put.test.ts', imports: ['lib/boards/open.ts'] }
  expect(drawPicture([put, open, tested])).toBe(drawPicture([put, open]))
  const back = { file: 'lib/vault/forget.ts', imports: ['lib/boards/open.ts'] }
  expect(() => drawPicture([put, open, back])).toThrow('in a circle')
})
