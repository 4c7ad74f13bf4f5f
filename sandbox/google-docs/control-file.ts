import { Refused } from '#sandbox/provider.ts'
import { noteChange } from './changes.ts'
import { atOf, type FileInput, tabOf } from './control-input.ts'
import { TYPES } from './shapes.ts'
import { plainFile } from './start.ts'
import { accountOf, type DriveFile, fileOf, idOf, type State } from './state.ts'

/** Makes a file, or changes one that is there. */
export function setFile(state: State, input: FileInput): DriveFile {
  const now = state.world.clock.now()
  const file = input.id === undefined ? newFile(state, input) : fileOf(state, input.id)
  if (!file) throw new Refused(`no file ${input.id}`)
  const { name, description, link, resourceKey, canExport, size, target, lines, tabs, by, parent } = input
  const given = { name, description, hasLink: link, resourceKey, canExport, size, target, modifiedBy: by, parent }
  Object.assign(file, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)))
  if (lines) file.tabs = [{ title: '', lines, tabs: [] }]
  if (tabs) file.tabs = tabs.map(tabOf)
  if (input.trashed !== undefined) file.trashedAt = input.trashed ? now : null
  if (lines || tabs || name !== undefined || input.modified !== undefined)
    file.modifiedAt = atOf(input.modified ?? '0m', now)
  for (const email of input.viewedBy ?? []) file.viewedAt[email] = now
  file.pickedBy = [...new Set([...file.pickedBy, ...(input.pickedBy ?? [])])]
  file.starredBy = [...new Set([...file.starredBy, ...(input.starredBy ?? [])])]
  file.version += 1
  noteChange(state, file.id)
  for (const [email, role] of Object.entries(input.share ?? {})) share(state, file, email, role)
  return file
}

function share(state: State, file: DriveFile, email: string, role: DriveFile['roles'][string] | null): void {
  if (role !== null) {
    file.roles[email] = role
    file.sharedAt[email] ??= state.world.clock.now()
    return
  }
  Reflect.deleteProperty(file.roles, email)
  Reflect.deleteProperty(file.sharedAt, email)
  noteChange(state, file.id, { isRemoved: true, lostBy: email })
}

function newFile(state: State, { kind = 'document', owner, drive, name = 'Untitled document' }: FileInput): DriveFile {
  const own = accountOf(state, owner ?? 'dana@acme.example')
  const shared = state.drives.find(({ id }) => id === drive)
  if (!own) throw new Refused(`no account ${owner}`)
  if (drive !== undefined && !shared) throw new Refused(`no shared drive ${drive}`)
  state.nextId += 1
  const file: DriveFile = {
    ...plainFile({
      id: idOf(`made ${state.nextId}`, ['pdf', 'image', 'folder', 'shortcut'].includes(kind) ? 33 : 44),
      name,
      mimeType: TYPES[kind],
      modifiedBy: own.email,
      createdAt: state.world.clock.now(),
    }),
    owner: shared ? null : own.email,
    driveId: shared?.id ?? null,
    parent: shared?.id ?? own.rootId,
  }
  state.files.push(file)
  return file
}
