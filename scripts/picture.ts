// npm run picture: draws docs/architecture.svg from who imports whom.
import fs from 'node:fs'
import { drawPicture } from './lib/draw-picture.ts'
import { readGraph } from './lib/graph.ts'

const FILE = 'docs/architecture.svg'
fs.mkdirSync('docs', { recursive: true })
fs.writeFileSync(FILE, drawPicture((await readGraph()).files))
console.log(`wrote ${FILE}`)
