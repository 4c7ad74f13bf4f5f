import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { World } from '#sandbox/provider.ts'
import { atOf, StartFile, tabOf } from './control-input.ts'
import { accounts, DRIVE_ID, emailOf, fileId } from './data.ts'
import { TYPES } from './shapes.ts'
import { type DriveFile, type State, startSettings } from './state.ts'

type Start = z.infer<typeof StartFile>

const DRIVES = { product: { id: DRIVE_ID, name: 'Product' } }
let known: Start[] | null = null

function startFiles(): Start[] {
  const text = () => readFileSync(new URL('./data/files.json', import.meta.url), 'utf8')
  known ??= z.array(StartFile).parse(JSON.parse(text()))
  return known
}

/** The simulated Google before anything happened to it; when its files were last touched is counted back from now. */
export function startState(world: World): State {
  const now = world.clock.now()
  const people = accounts()
  const files = startFiles()
  return {
    world,
    settings: startSettings(),
    accounts: people,
    drives: [
      {
        ...DRIVES.product,
        createdAt: now - 300 * 86_400_000,
        members: { [emailOf('dana')]: 'writer', [emailOf('sam')]: 'writer', [emailOf('priya')]: 'reader' },
      },
    ],
    files: [
      ...people.map(({ rootId, email, name }) => root(rootId, email, name, now)),
      ...files.map((file) => startFile(file, files, now)),
    ],
    changes: [],
    grants: new Map(),
    requests: new Map(),
    codes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    used: new Map(),
    nextId: 0,
  }
}

/** A file with nothing special about it. */
export const plainFile = (
  about: Pick<DriveFile, 'id' | 'name' | 'mimeType' | 'modifiedBy' | 'createdAt'>,
): DriveFile => ({
  description: '',
  owner: null,
  driveId: null,
  parent: '',
  modifiedAt: about.createdAt,
  trashedAt: null,
  roles: {},
  sharedAt: {},
  hasLink: false,
  resourceKey: null,
  canExport: true,
  target: null,
  size: null,
  tabs: [],
  starredBy: [],
  viewedAt: {},
  pickedBy: [],
  version: 1,
  ...about,
})

const root = (id: string, email: string, name: string, now: number): DriveFile => ({
  ...plainFile({ id, name: 'My Drive', mimeType: TYPES.folder, modifiedBy: email, createdAt: now - 800 * 86_400_000 }),
  owner: email,
  description: name,
})

function startFile(start: Start, all: readonly Start[], now: number): DriveFile {
  const keyed = (key: string) => fileId(key, isStored(all.find((one) => one.key === key)?.kind ?? 'document'))
  const owner = start.drive ? null : emailOf(start.owner)
  const place = start.drive ? DRIVES[start.drive].id : (accounts().find(({ email }) => email === owner)?.rootId ?? '')
  const byEmail = <Value>(record: Record<string, Value>) =>
    Object.entries(record).map(([short, value]): [string, Value] => [emailOf(short), value])
  const times = (record: Record<string, string>) =>
    Object.fromEntries(byEmail(record).map(([email, when]) => [email, atOf(when, now)]))
  const createdAt = atOf(start.created, now)
  return {
    ...plainFile({
      id: keyed(start.key),
      name: start.name,
      mimeType: TYPES[start.kind],
      modifiedBy: emailOf(start.by ?? start.owner),
      createdAt,
    }),
    description: start.description,
    owner,
    driveId: start.drive ? place : null,
    parent: start.in === undefined ? place : keyed(start.in),
    modifiedAt: atOf(start.modified, now),
    trashedAt: start.trashed === undefined ? null : atOf(start.trashed, now),
    roles: Object.fromEntries(byEmail(start.shared)),
    sharedAt: Object.fromEntries(byEmail(start.shared).map(([email]) => [email, createdAt + 3_600_000])),
    hasLink: start.link,
    resourceKey: start.resourceKey ?? null,
    canExport: start.canExport,
    target: start.target === undefined ? null : keyed(start.target),
    size: start.size ?? null,
    tabs: start.tabs ? start.tabs.map(tabOf) : [{ title: '', lines: start.lines, tabs: [] }],
    starredBy: start.starred.map(emailOf),
    viewedAt: times(start.viewed),
    pickedBy: start.picked.map(emailOf),
  }
}

// What is not one of Google's own formats has a shorter id.
const isStored = (kind: Start['kind']): boolean => ['pdf', 'image', 'folder', 'shortcut'].includes(kind)
