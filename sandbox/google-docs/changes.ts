import { type Answer, type Call, json } from '#sandbox/http.ts'
import { badParameter, type Context } from './access.ts'
import { selected } from './fields.ts'
import { pageSizeOf } from './paging.ts'
import { CHANGE_LIST, START_TOKEN } from './schema.ts'
import { fileShape } from './shapes.ts'
import { isPickedOnly, isReader } from './sight.ts'
import { type Change, fileOf, type State, timestamp } from './state.ts'

const FIRST = 2323
const FIELDS =
  'kind,nextPageToken,newStartPageToken,changes(kind,type,changeType,time,removed,fileId,file(kind,id,name,mimeType))'

/** Notes that a file changed, or that somebody does not see it any more. */
export function noteChange(
  state: State,
  fileId: string,
  about: Partial<Pick<Change, 'isRemoved' | 'lostBy'>> = {},
): void {
  const number = FIRST + state.changes.length
  state.changes.push({ number, fileId, at: state.world.clock.now(), isRemoved: false, lostBy: null, ...about })
}

/** GET /drive/v3/changes/startPageToken */
export function showStartToken(call: Call, { state }: Context): Answer {
  const answer = { kind: 'drive#startPageToken', startPageToken: String(FIRST + state.changes.length) }
  return json(200, selected(answer, call.query.get('fields'), START_TOKEN, '*'))
}

/** GET /drive/v3/changes: what happened since a token; these do not expire. Only the last page has the next one to begin at. */
export function listChanges(call: Call, context: Context): Answer {
  const { state } = context
  const sent = call.query.get('pageToken')
  if (sent === null) throw badParameter('pageToken', 'Required parameter: pageToken', 'required')
  const end = FIRST + state.changes.length
  if (!/^\d{1,12}$/.test(sent) || Number(sent) > end) throw badParameter('pageToken')
  const size = pageSizeOf(call, 1000)
  const since = state.changes.filter(({ number }) => number >= Number(sent) && isFor(call, context, number))
  const shown = since.slice(0, size)
  const following = since[size]
  const answer = {
    kind: 'drive#changeList',
    ...(following ? { nextPageToken: String(following.number) } : { newStartPageToken: String(end) }),
    changes: shown.map((change) => changeShape(context, change)),
  }
  return json(200, selected(answer, call.query.get('fields'), CHANGE_LIST, FIELDS))
}

function isFor(call: Call, context: Context, number: number): boolean {
  const { state, caller } = context
  const { email } = caller.account
  const change = state.changes[number - FIRST]
  if (!change) return false
  const file = fileOf(state, change.fileId)
  if (!file || change.isRemoved)
    return call.query.get('includeRemoved') !== 'false' && (change.lostBy === null || change.lostBy === email)
  if (isPickedOnly(context) && !file.pickedBy.includes(email)) return false
  const includesDrives = call.query.get('includeItemsFromAllDrives') === 'true'
  return isReader(state, file, email) && (file.driveId === null || includesDrives)
}

function changeShape(context: Context, { fileId, at, isRemoved }: Change): object {
  const file = fileOf(context.state, fileId)
  const isGone = isRemoved || !file
  return {
    kind: 'drive#change',
    type: 'file',
    changeType: 'file',
    time: timestamp(at),
    removed: isGone,
    fileId,
    ...(!isGone && { file: fileShape(context, file) }),
  }
}
