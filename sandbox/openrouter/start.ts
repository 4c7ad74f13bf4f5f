import type { World } from '#sandbox/provider.ts'
import { accounts } from './data.ts'
import type { Settings, State } from './state.ts'

const startSettings = (): Settings => ({
  reply: null,
  chunkDelayMs: 10,
  firstChunkDelayMs: 0,
  failAfterChunks: null,
  failWith: 'server_error',
  tearBytes: null,
  trouble: null,
  guardrail: false,
  flaggedWords: [],
  goneModels: [],
  unknownModelStatus: 404,
  keyLimit: null,
  keyLimitReset: null,
  keySeconds: null,
})

/** The simulated OpenRouter before anything happened to it. */
export const startState = (world: World): State => ({
  world,
  settings: startSettings(),
  accounts: accounts(),
  keys: new Map(),
  codes: new Map(),
  requests: new Map(),
  received: [],
  generations: new Map(),
  freeUsed: new Map(),
})
