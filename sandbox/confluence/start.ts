import { spaces } from './data.ts'
import { pages } from './pages-data.ts'
import type { Data } from './state.ts'

/** Confluence before anything happened to it. */
export const startData = (): Data => ({ spaces: spaces(), pages: pages(), nextId: 400_000 })
