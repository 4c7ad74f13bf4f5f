// The picture of the house: a box for each part in the order of its imports, so that every arrow points down.
import type { Module } from './graph.ts'

/** A box: what it is called, which files are in it, and how it is coloured. */
type Part = { name: string; holds: RegExp; look: 'outside' | 'seen' | 'room' | 'ground' }
type Box = { part: Part; x: number; y: number }
type Arrow = { from: string; to: string; imports: number }

/** Rooms are read from the folders of lib/; these are not rooms. */
const known: readonly Part[] = [
  { name: 'pages', holds: /^(app\/(?!api\/)|proxy\.ts$|instrumentation\.ts$)/, look: 'outside' },
  { name: 'api', holds: /^app\/api\//, look: 'outside' },
  { name: 'worker', holds: /^worker\//, look: 'outside' },
  { name: 'components', holds: /^components\//, look: 'seen' },
  { name: 'http', holds: /^lib\/http\//, look: 'ground' },
  { name: 'oauth', holds: /^lib\/oauth\//, look: 'ground' },
  { name: 'providers', holds: /^lib\/providers\//, look: 'ground' },
  { name: 'platform', holds: /^lib\/platform\//, look: 'ground' },
]
const notDrawn = /\.test\.tsx?$|\/fixtures\//

const WIDE = 112
const HIGH = 34
const STEP = { x: 82, y: 50 }
const EDGE = 24

/** Draws the product's own files. The same graph gives the same text. Throws when parts import each other in a circle. */
export function drawPicture(modules: readonly Module[]): string {
  const files = modules.filter(({ file }) => !notDrawn.test(file))
  const parts = [...known, ...roomsOf(files)]
  const partOf = (file: string) => parts.find(({ holds }) => holds.test(file))?.name
  const arrows = countImports(files, partOf)
  const boxes = inOrder(parts, arrows).map((part, n) => ({
    part,
    x: EDGE + n * STEP.x,
    y: EDGE + n * STEP.y,
  }))
  return svg(boxes, arrows)
}

function roomsOf(files: readonly Module[]): Part[] {
  const names = new Set(files.map(({ file }) => /^lib\/([^/]+)\//.exec(file)?.[1] ?? ''))
  const rooms = [...names].filter((name) => name && !known.some((part) => part.name === name)).sort()
  return rooms.map((name) => ({ name, holds: new RegExp(`^lib/${name}/`), look: 'room' }))
}

function countImports(files: readonly Module[], partOf: (file: string) => string | undefined): Arrow[] {
  const found = new Map<string, Arrow>()
  for (const { file, imports } of files)
    for (const target of imports) {
      const [from, to] = [partOf(file), partOf(target)]
      if (!from || !to || from === to || notDrawn.test(target)) continue
      const key = `${from} ${to}`
      const arrow = found.get(key) ?? { from, to, imports: 0 }
      found.set(key, { ...arrow, imports: arrow.imports + 1 })
    }
  return [...found.values()].sort((a, b) => `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`, 'en'))
}

/** Who imports stands above who is imported; of those that may stand next, the first of `parts`. */
function inOrder(parts: readonly Part[], arrows: readonly Arrow[]): Part[] {
  const left = [...parts]
  const ordered: Part[] = []
  while (left.length > 0) {
    const waits = ({ name }: Part) =>
      arrows.some(({ from, to }) => to === name && left.some((part) => part.name === from))
    const next = left.findIndex((part) => !waits(part))
    if (next < 0) throw new Error(`these import each other in a circle: ${left.map(({ name }) => name).join(', ')}`)
    ordered.push(...left.splice(next, 1))
  }
  return ordered
}

const middle = (box: Box) => ({ x: box.x + WIDE / 2, y: box.y + HIGH / 2 })

function svg(boxes: readonly Box[], arrows: readonly Arrow[]): string {
  const width = EDGE * 2 + (boxes.length - 1) * STEP.x + WIDE
  const height = EDGE * 2 + (boxes.length - 1) * STEP.y + HIGH
  const outgoing = boxes.map((box) => drawOutgoing(box, boxes, arrows))
  const incoming = boxes.map((box) => drawIncoming(box, boxes, arrows))
  const counts = arrows.map((arrow) => drawCount(arrow, boxes))
  const title = 'Who imports whom in Plugboard'
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    style,
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0 8 4 0 8z"/></marker>',
    ...outgoing,
    ...incoming,
    ...counts,
    ...boxes.map(drawBox),
    ...legend(height),
    '</svg>',
  ]
  return `${lines.filter(Boolean).join('\n')}\n`
}

const style = `<style>
svg { --line: #8a93a0; --text: #1d2733; --quiet: #566272; --paper: #ffffff; --outside: #e3edf9; --seen: #f3e8f7; --room: #e2f1e6; --ground: #eceef1; background: var(--paper); font: 13px system-ui, sans-serif }
@media (prefers-color-scheme: dark) { svg { --line: #76818f; --text: #eef2f6; --quiet: #a9b4c0; --paper: #12171d; --outside: #1d3350; --seen: #3b2746; --room: #1d3d2a; --ground: #2a323b } }
path, line { stroke: var(--line); fill: none; stroke-width: 1.25 }
marker path { fill: var(--line); stroke: none }
rect { stroke: var(--line); rx: 6px }
.outside { fill: var(--outside) } .seen { fill: var(--seen) } .room { fill: var(--room) } .ground { fill: var(--ground) } .apart { fill: none; stroke-dasharray: 4 4 }
circle { fill: var(--paper); stroke: var(--line) }
text { fill: var(--text); text-anchor: middle } .name { font-weight: 600 } .quiet { fill: var(--quiet); font-size: 11px } .count { font-size: 11px } .left { text-anchor: start }
</style>`

function drawOutgoing(box: Box, boxes: readonly Box[], arrows: readonly Arrow[]): string {
  const targets = boxes.filter((other) =>
    arrows.some(({ from, to }) => from === box.part.name && to === other.part.name),
  )
  const last = targets.at(-1)
  if (!last) return ''
  const { y } = middle(box)
  return `<line x1="${box.x + WIDE}" y1="${y}" x2="${middle(last).x}" y2="${y}"/>`
}

function drawIncoming(box: Box, boxes: readonly Box[], arrows: readonly Arrow[]): string {
  const first = boxes.find((other) => arrows.some(({ from, to }) => from === other.part.name && to === box.part.name))
  if (!first) return ''
  const { x } = middle(box)
  return `<line x1="${x}" y1="${middle(first).y}" x2="${x}" y2="${box.y}" marker-end="url(#tip)"/>`
}

function drawCount({ from, to, imports }: Arrow, boxes: readonly Box[]): string {
  const [above, below] = [boxes.find(({ part }) => part.name === from), boxes.find(({ part }) => part.name === to)]
  if (!above || !below) return ''
  const [x, y] = [middle(below).x, middle(above).y]
  return `<g><title>${from} imports ${imports} times from ${to}</title><circle cx="${x}" cy="${y}" r="14"/><text class="count" x="${x}" y="${y + 4}">${imports}</text></g>`
}

function drawBox({ part, x, y }: Box): string {
  const words = `<text class="name" x="${x + WIDE / 2}" y="${y + HIGH / 2 + 5}">${part.name}</text>`
  return `<g><rect class="${part.look}" x="${x}" y="${y}" width="${WIDE}" height="${HIGH}"/>${words}</g>`
}

const looks = { outside: 'addresses', seen: 'what is seen', room: 'rooms', ground: 'foundations' }
const words = [
  'A row leads from a part to what it imports; the number says how often.',
  'Every arrow points down: nobody knows what stands above.',
]

/** Below the stairs, where no arrow goes. */
function legend(height: number): string[] {
  const top = height - EDGE - 120
  const quiet = (x: number, y: number, text: string) => `<text class="quiet left" x="${x}" y="${y}">${text}</text>`
  const samples = Object.entries(looks).map(([look, name], n) => {
    const x = EDGE + n * 104
    return `<rect class="${look}" x="${x}" y="${top}" width="14" height="14"/>${quiet(x + 20, top + 11, name)}`
  })
  const y = top + 84
  return [
    ...samples,
    ...words.map((text, n) => quiet(EDGE, top + 38 + n * 18, text)),
    `<rect class="apart" x="${EDGE}" y="${y}" width="${WIDE}" height="${HIGH}"/>`,
    `<text class="name" x="${EDGE + WIDE / 2}" y="${y + HIGH / 2 + 5}">sandbox</text>`,
    quiet(EDGE + WIDE + 12, y + HIGH / 2 + 4, 'stands in for the world: no import goes in or out'),
  ]
}
