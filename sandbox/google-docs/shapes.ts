import type { Context } from './access.ts'
import { roleOf } from './sight.ts'
import { ACCOUNTS, accountOf, DOCS, type DriveFile, fileOf, type SharedDrive, timestamp } from './state.ts'

const APPS = 'application/vnd.google-apps.'
export const TYPES = {
  document: `${APPS}document`,
  spreadsheet: `${APPS}spreadsheet`,
  presentation: `${APPS}presentation`,
  folder: `${APPS}folder`,
  shortcut: `${APPS}shortcut`,
  form: `${APPS}form`,
  pdf: 'application/pdf',
  image: 'image/png',
} as const
const EDITORS: Readonly<Record<string, string>> = {
  [TYPES.document]: 'document',
  [TYPES.spreadsheet]: 'spreadsheets',
  [TYPES.presentation]: 'presentation',
  [TYPES.form]: 'forms',
}

export const isGoogles = (mimeType: string): boolean => mimeType.startsWith(APPS)

/** A person as Drive shows them to a caller. */
export function userShape({ state, caller }: Context, email: string): object {
  const account = accountOf(state, email)
  if (!account) return { kind: 'drive#user', displayName: email, me: false, permissionId: '', emailAddress: email }
  return {
    kind: 'drive#user',
    displayName: account.name,
    photoLink: `${state.world.url}${ACCOUNTS}/avatars/${account.sub}`,
    me: account.email === caller.account.email,
    permissionId: account.permissionId,
    emailAddress: account.email,
  }
}

/** Where a file is opened: what stands for docs.google.com and drive.google.com here. */
function webViewLink(url: string, { id, mimeType }: DriveFile): string {
  const editor = EDITORS[mimeType]
  if (editor !== undefined) return `${url}${DOCS}/${editor}/d/${id}/edit?usp=drivesdk`
  if (mimeType === TYPES.folder) return `${url}${DOCS}/drive/folders/${id}`
  return `${url}${DOCS}/file/d/${id}/view?usp=drivesdk`
}

/** A file with all its fields; those without a value are left out. */
export function fileShape(context: Context, file: DriveFile): object {
  const { state, caller } = context
  const { email } = caller.account
  const [viewed, shared] = [file.viewedAt[email], file.sharedAt[email]]
  return {
    kind: 'drive#file',
    id: file.id,
    name: file.name,
    mimeType: file.mimeType,
    ...(file.description !== '' && { description: file.description }),
    starred: file.starredBy.includes(email),
    trashed: file.trashedAt !== null,
    explicitlyTrashed: file.trashedAt !== null,
    ...(file.trashedAt !== null && { trashedTime: timestamp(file.trashedAt) }),
    ...placeOf(context, file),
    spaces: ['drive'],
    version: String(file.version),
    webViewLink: webViewLink(state.world.url, file),
    iconLink: `https://drive-thirdparty.googleusercontent.com/16/type/${file.mimeType}`,
    hasThumbnail: false,
    viewedByMe: viewed !== undefined,
    ...(viewed !== undefined && { viewedByMeTime: timestamp(viewed) }),
    createdTime: timestamp(file.createdAt),
    modifiedTime: timestamp(file.modifiedAt),
    modifiedByMe: file.modifiedBy === email,
    ...(file.modifiedBy === email && { modifiedByMeTime: timestamp(file.modifiedAt) }),
    ...(shared !== undefined && { sharedWithMeTime: timestamp(shared) }),
    ...(shared !== undefined && file.owner !== null && { sharingUser: userShape(context, file.owner) }),
    lastModifyingUser: userShape(context, file.modifiedBy),
    shared: Object.keys(file.roles).length > 0 || file.hasLink || file.driveId !== null,
    capabilities: capabilitiesOf(roleOf(state, file, email), file),
    copyRequiresWriterPermission: !file.canExport,
    writersCanShare: true,
    ...(file.resourceKey !== null && { resourceKey: file.resourceKey }),
    ...sizeOf(file),
    isAppAuthorized: file.pickedBy.includes(email),
    ...shortcutOf(context, file),
  }
}

// A file of a shared drive has no owner; somebody who reads one file alone is not told the folder.
function placeOf(context: Context, file: DriveFile): object {
  const { state, caller } = context
  const { email } = caller.account
  const isMember = state.drives.some(({ id, members }) => id === file.driveId && members[email] !== undefined)
  const folder = fileOf(state, file.parent)
  const showsFolder =
    file.owner === email || isMember || (folder !== undefined && roleOf(state, folder, email) !== null)
  return {
    ...(showsFolder && file.parent !== '' && { parents: [file.parent] }),
    ...(file.driveId !== null
      ? { driveId: file.driveId, teamDriveId: file.driveId }
      : { owners: [userShape(context, file.owner ?? '')], ownedByMe: file.owner === email }),
  }
}

const capabilitiesOf = (role: string | null, file: DriveFile): object => ({
  canCopy: file.canExport,
  canDownload: file.canExport,
  canEdit: role === 'writer' || role === 'owner',
  canComment: role !== 'reader' && role !== null,
  canReadRevisions: role === 'writer' || role === 'owner',
  canShare: role === 'writer' || role === 'owner',
  canTrash: role === 'owner',
})

// `size` is text, as every 64-bit number.
function sizeOf({ mimeType, size, name }: DriveFile): object {
  if (mimeType === TYPES.folder || mimeType === TYPES.shortcut) return { quotaBytesUsed: '0' }
  const bytes = String(size ?? 1024)
  if (isGoogles(mimeType)) return { size: bytes, quotaBytesUsed: bytes }
  return { size: bytes, quotaBytesUsed: bytes, originalFilename: name, fileExtension: name.split('.').at(-1) ?? '' }
}

function shortcutOf({ state }: Context, { target }: DriveFile): object {
  if (target === null) return {}
  return { shortcutDetails: { targetId: target, targetMimeType: fileOf(state, target)?.mimeType ?? TYPES.document } }
}

/** A shared drive. */
export const driveShape = ({ id, name, createdAt }: SharedDrive): object => ({
  kind: 'drive#drive',
  id,
  name,
  createdTime: timestamp(createdAt),
  hidden: false,
})
