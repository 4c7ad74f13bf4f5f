import { type Call, header } from '#sandbox/http.ts'
import { type Context, driveRefusal } from './access.ts'
import { named } from './scopes.ts'
import { type DriveFile, fileOf, PROJECT_NUMBER, type Role, type State } from './state.ts'

const [FILE_ONLY = ''] = named('drive.file')
const WIDE = named('drive', 'drive.readonly', 'drive.metadata', 'drive.metadata.readonly')
const WIDE_DOCS = named('drive', 'drive.readonly', 'documents', 'documents.readonly')

/** What an account may do with a file, by itself or through a shared drive; null when it does not see it. */
export function roleOf(state: State, file: DriveFile, email: string): Role | null {
  if (file.owner === email) return 'owner'
  const drive = state.drives.find(({ id }) => id === file.driveId)
  return file.roles[email] ?? drive?.members[email] ?? null
}

export const isReader = (state: State, file: DriveFile, email: string): boolean => roleOf(state, file, email) !== null

export const isWriter = (state: State, file: DriveFile, email: string): boolean =>
  ['writer', 'owner'].includes(roleOf(state, file, email) ?? '')

/** Whether a token opens only what was picked with the app. */
export function isPickedOnly({ caller }: Context, api: 'drive' | 'docs' = 'drive'): boolean {
  const { scopes } = caller.token
  const wide = api === 'drive' ? WIDE : WIDE_DOCS
  return scopes.includes(FILE_ONLY) && !wide.some((scope) => scopes.includes(scope))
}

/** Whether a call may read a file, be it by a link that anyone may use. */
export function maySee(call: Call, { state, caller }: Context, file: DriveFile): boolean {
  const { email } = caller.account
  if (isReader(state, file, email)) return true
  // developers.google.com/workspace/drive/api/guides/resource-keys: needed by whoever did not open it before.
  const keys = (header(call, 'x-goog-drive-resource-keys') ?? '').split(',')
  const hasKey = file.resourceKey === null || keys.includes(`${file.id}/${file.resourceKey}`)
  return file.hasLink && (hasKey || file.viewedAt[email] !== undefined)
}

/** The file that an address names; refuses one that the caller cannot see, or did not pick with the app. */
export function visibleFile(call: Call, context: Context, id: string): DriveFile {
  const { state, caller } = context
  const file = fileOf(state, id === 'root' ? caller.account.rootId : id)
  const knowsDrives = ['supportsAllDrives', 'supportsTeamDrives'].some((name) => call.query.get(name) === 'true')
  if (!file || !maySee(call, context, file) || (file.driveId !== null && !knowsDrives)) throw missing(id)
  if (isPickedOnly(context) && !file.pickedBy.includes(caller.account.email)) {
    const message = `The user has not granted the app ${PROJECT_NUMBER} read access to the file ${id}.`
    const about = { reason: 'appNotAuthorizedToFile', location: 'Authorization', locationType: 'header' }
    throw driveRefusal(403, message, about)
  }
  return file
}

/** What somebody is told of a file that is not there, or not for them. */
const missing = (id: string) =>
  driveRefusal(404, `File not found: ${id}.`, { reason: 'notFound', location: 'fileId', locationType: 'parameter' })
