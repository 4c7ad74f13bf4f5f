import { type Answer, type Call, json } from '#sandbox/http.ts'
import { badParameter, type Context, driveRefusal } from './access.ts'
import { selected } from './fields.ts'
import { matches, relevance } from './match.ts'
import { orderOf, sorted } from './order.ts'
import { pageOf, pageSizeOf } from './paging.ts'
import { type Query, readQuery, termsAbout } from './query.ts'
import { FILE, FILE_LIST } from './schema.ts'
import { fileShape, isGoogles } from './shapes.ts'
import { isPickedOnly, isReader, visibleFile } from './sight.ts'
import type { DriveFile } from './state.ts'

const ONE = 'kind,id,name,mimeType'
const MANY = `kind,nextPageToken,incompleteSearch,files(${ONE})`
const CORPORA = ['user', 'domain', 'drive', 'allDrives']

/** GET /drive/v3/files */
export function listFiles(call: Call, context: Context): Answer {
  const { state, caller } = context
  const corpora = corporaOf(call)
  const size = pageSizeOf(call, 1000)
  const text = call.query.get('q') ?? ''
  const query = text.trim() === '' ? null : readQuery(text)
  const found = within(call, context, corpora).filter(
    (file) => query === null || matches(query, file, { state, account: caller.account }),
  )
  const about = `${caller.account.sub} ${corpora} ${text}`
  const { shown, next } = pageOf(call, state, arranged(call, context, found, query), { size, about })
  const answer = {
    kind: 'drive#fileList',
    incompleteSearch: corpora === 'allDrives' && state.settings.incompleteSearch,
    ...(next !== null && { nextPageToken: next }),
    files: shown.map((file) => fileShape(context, file)),
  }
  return json(200, selected(answer, call.query.get('fields'), FILE_LIST, MANY))
}

const isOn = (call: Call, ...names: string[]): boolean => names.some((name) => call.query.get(name) === 'true')

function corporaOf(call: Call): string {
  const corpora = call.query.get('corpora') || 'user'
  if (!CORPORA.includes(corpora)) throw badParameter('corpora')
  const spaces = call.query.get('spaces') ?? 'drive'
  if (spaces !== 'drive') throw badParameter('spaces')
  const includes = isOn(call, 'includeItemsFromAllDrives', 'includeTeamDriveItems')
  const supports = isOn(call, 'supportsAllDrives', 'supportsTeamDrives')
  if (includes && !supports)
    throw badParameter('includeItemsFromAllDrives', 'The supportsAllDrives parameter must be set to true.')
  if ((corpora === 'drive') !== call.query.has('driveId'))
    throw badParameter('driveId', 'The driveId parameter must be specified if and only if corpora is set to drive.')
  if ((corpora === 'drive' || corpora === 'allDrives') && !includes)
    throw badParameter('includeItemsFromAllDrives', 'The includeItemsFromAllDrives parameter must be set to true.')
  return corpora
}

/** The files a search goes through, before `q`. `user` has of the shared drives only what the person met. */
function within(call: Call, context: Context, corpora: string): DriveFile[] {
  const { state, caller } = context
  const { email, hd } = caller.account
  const wanted = call.query.get('driveId')
  const drive = state.drives.find(({ id, members }) => id === wanted && members[email] !== undefined)
  if (corpora === 'drive' && !drive)
    throw driveRefusal(404, `Shared drive not found: ${wanted}`, {
      reason: 'notFound',
      location: 'driveId',
      locationType: 'parameter',
    })
  const includesDrives = isOn(call, 'includeItemsFromAllDrives', 'includeTeamDriveItems')
  return state.files.filter((file) => {
    if (isPickedOnly(context) && !file.pickedBy.includes(email)) return false
    const isMet = file.viewedAt[email] !== undefined || file.sharedAt[email] !== undefined
    // What one opened by its link is listed like what was shared.
    if (!isReader(state, file, email)) return corpora === 'user' && file.hasLink && file.viewedAt[email] !== undefined
    if (file.parent === '') return false
    if (corpora === 'drive') return file.driveId === wanted
    if (corpora === 'domain') return hd !== null && file.hasLink
    if (file.driveId === null) return true
    return includesDrives && (corpora === 'allDrives' || isMet)
  })
}

function arranged(call: Call, context: Context, found: DriveFile[], query: Query | null): DriveFile[] {
  const order = call.query.get('orderBy')
  const searched = query === null ? [] : termsAbout(query, 'fullText').map(({ value }) => String(value))
  if (searched.length === 0) return sorted(found, orderOf(order), context.caller.account.email)
  if (order !== null && order !== '') {
    const message =
      'Sorting is not supported for queries with fullText terms. Results are always in descending relevance order.'
    throw driveRefusal(403, message, { reason: 'forbidden', location: 'orderBy', locationType: 'parameter' })
  }
  return found.toSorted((a, b) => relevance(b, searched) - relevance(a, searched))
}

/** GET /drive/v3/files/{id}; with `alt=media` its content. */
export function showFile(call: Call, { id = '' }: Record<string, string>, context: Context): Answer {
  const file = visibleFile(call, context, id)
  if (call.query.get('alt') !== 'media')
    return json(200, selected(fileShape(context, file), call.query.get('fields'), FILE, ONE))
  if (isGoogles(file.mimeType)) {
    const message = 'Only files with binary content can be downloaded. Use Export with Docs Editors files.'
    throw driveRefusal(403, message, { reason: 'fileNotDownloadable', location: 'alt', locationType: 'parameter' })
  }
  return { status: 200, headers: { 'content-type': file.mimeType }, body: Buffer.alloc(file.size ?? 1024) }
}
