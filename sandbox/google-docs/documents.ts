import { createHash } from 'node:crypto'
import { type Answer, type Call, json } from '#sandbox/http.ts'
import { type Context, type Refusal, rpcRefusal } from './access.ts'
import { contentOf, tabShapes } from './document-shape.ts'
import { selected } from './fields.ts'
import { DOCUMENT } from './schema.ts'
import { TYPES } from './shapes.ts'
import { isPickedOnly, isWriter, maySee } from './sight.ts'
import { type DriveFile, fileOf } from './state.ts'

const VIEWS = 'DEFAULT_FOR_CURRENT_ACCESS SUGGESTIONS_INLINE PREVIEW_SUGGESTIONS_ACCEPTED PREVIEW_WITHOUT_SUGGESTIONS'

/** GET /v1/documents/{id} of docs.googleapis.com: the first tab at the top, or all tabs with `includeTabsContent`. */
export function showDocument(call: Call, { id = '' }: Record<string, string>, context: Context): Answer {
  const includesTabs = booleanOf(call, 'includeTabsContent')
  const view = call.query.get('suggestionsViewMode') ?? 'DEFAULT_FOR_CURRENT_ACCESS'
  if (!VIEWS.split(' ').includes(view)) throw badArgument('suggestions_view_mode', view)
  const file = readable(call, context, id)
  const canEdit = isWriter(context.state, file, context.caller.account.email)
  const [first = { title: '', lines: [], tabs: [] }] = file.tabs
  const answer = {
    title: file.name,
    ...(includesTabs ? { tabs: tabShapes(file.tabs.length > 0 ? file.tabs : [first], 'Tab 1') } : contentOf(first)),
    ...(canEdit && { revisionId: revisionOf(file) }),
    suggestionsViewMode: view === 'DEFAULT_FOR_CURRENT_ACCESS' ? viewFor(canEdit) : view,
    documentId: file.id,
  }
  return json(200, selected(answer, call.query.get('fields'), DOCUMENT, '*', badField))
}

const viewFor = (canEdit: boolean): string => (canEdit ? 'SUGGESTIONS_INLINE' : 'PREVIEW_WITHOUT_SUGGESTIONS')
const revisionOf = ({ id, version }: DriveFile): string =>
  `ALm37B${createHash('sha256').update(`${id} ${version}`).digest('base64url')}`

function readable(call: Call, context: Context, id: string): DriveFile {
  const file = fileOf(context.state, id)
  const isPicked = file?.pickedBy.includes(context.caller.account.email)
  if (!file || (isPickedOnly(context, 'docs') && !isPicked)) throw rpcRefusal(404, 'Requested entity was not found.')
  if (!maySee(call, context, file)) throw rpcRefusal(403, 'The caller does not have permission')
  if (file.mimeType !== TYPES.document)
    throw rpcRefusal(400, 'This operation is not supported for this document', { status: 'FAILED_PRECONDITION' })
  return file
}

function booleanOf(call: Call, name: string): boolean {
  const text = call.query.get(name)
  if (text === null || text === 'false') return false
  if (text !== 'true') throw badArgument('include_tabs_content', text)
  return true
}

function badField(name: string): Refusal {
  const description = `Error expanding 'fields' parameter. Cannot find matching fields for path '${name}'.`
  const details = [
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field: name, description }] },
  ]
  return rpcRefusal(400, 'Request contains an invalid argument.', { details })
}

const badArgument = (field: string, value: string): Refusal =>
  rpcRefusal(400, `Invalid value at '${field}', "${value}"`)
