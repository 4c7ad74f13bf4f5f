import { type Answer, type Call, json } from '#sandbox/http.ts'
import { badParameter, type Context, driveRefusal } from './access.ts'
import { exportFormats } from './export.ts'
import { selected } from './fields.ts'
import { pageOf, pageSizeOf } from './paging.ts'
import { ABOUT, DRIVE_LIST, ONE_DRIVE } from './schema.ts'
import { driveShape, userShape } from './shapes.ts'

/** GET /drive/v3/about: who asks; refuses to answer everything. */
export function showAbout(call: Call, context: Context): Answer {
  const fields = call.query.get('fields')
  if (fields === null) {
    throw badParameter('fields', "The 'fields' parameter is required for this method.", 'required')
  }
  const answer = {
    kind: 'drive#about',
    user: userShape(context, context.caller.account.email),
    storageQuota: { limit: '16106127360', usage: '52428800', usageInDrive: '41943040', usageInDriveTrash: '1048576' },
    importFormats: {},
    exportFormats: exportFormats(),
    maxImportSizes: {},
    maxUploadSize: '5242880000000',
    appInstalled: false,
    folderColorPalette: [],
    driveThemes: [],
    teamDriveThemes: [],
    canCreateDrives: context.caller.account.hd !== null,
    canCreateTeamDrives: context.caller.account.hd !== null,
  }
  return json(200, selected(answer, fields, ABOUT, '*'))
}

const drivesOf = ({ state, caller }: Context) =>
  state.drives.filter(({ members }) => members[caller.account.email] !== undefined)

/** GET /drive/v3/drives: the shared drives somebody is a member of. */
export function listDrives(call: Call, context: Context): Answer {
  const size = pageSizeOf(call, 100, 10)
  const { shown, next } = pageOf(call, context.state, drivesOf(context), { size, about: 'drives' })
  const answer = {
    kind: 'drive#driveList',
    ...(next !== null && { nextPageToken: next }),
    drives: shown.map(driveShape),
  }
  return json(200, selected(answer, call.query.get('fields'), DRIVE_LIST, 'kind,nextPageToken,drives(kind,id,name)'))
}

/** GET /drive/v3/drives/{id} */
export function showDrive(call: Call, { id = '' }: Record<string, string>, context: Context): Answer {
  const drive = drivesOf(context).find((one) => one.id === id)
  if (!drive) {
    const about = { reason: 'notFound', location: 'driveId', locationType: 'parameter' }
    throw driveRefusal(404, `Shared drive not found: ${id}`, about)
  }
  return json(200, selected(driveShape(drive), call.query.get('fields'), ONE_DRIVE, 'kind,id,name'))
}
