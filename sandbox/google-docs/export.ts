import type { Answer, Call } from '#sandbox/http.ts'
import { escapeHtml } from '#sandbox/page.ts'
import { badParameter, type Context, driveRefusal } from './access.ts'
import { isGoogles, TYPES } from './shapes.ts'
import { visibleFile } from './sight.ts'
import type { DriveFile } from './state.ts'
import { markdown, plainText } from './text.ts'

type Write = (file: DriveFile) => string

// Text comes with a byte order mark and the line ends of Windows.
const asText: Write = ({ tabs }) => `\uFEFF${plainText(tabs).replaceAll('\n', '\r\n')}`
const asHtml: Write = ({ tabs }) =>
  `<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"></head><body>${plainText(tabs)
    .split('\n')
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('')}</body></html>`
const asPdf: Write = ({ name }) =>
  `%PDF-1.4\n% ${name}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`
const asTable: Write = ({ tabs }) => plainText(tabs.slice(0, 1)).replaceAll('\t', ',').replaceAll('\n', '\r\n')

/** developers.google.com/workspace/drive/api/guides/ref-export-formats: those that are simulated. */
const FORMATS: Readonly<Record<string, Readonly<Record<string, Write>>>> = {
  [TYPES.document]: {
    'text/plain': asText,
    'text/markdown': ({ tabs }) => markdown(tabs),
    'text/html': asHtml,
    'application/pdf': asPdf,
  },
  [TYPES.spreadsheet]: { 'text/csv': asTable, 'application/pdf': asPdf },
  [TYPES.presentation]: { 'text/plain': asText, 'application/pdf': asPdf },
}

/** The formats of each kind, as `about` tells them. */
export const exportFormats = (): Record<string, string[]> =>
  Object.fromEntries(Object.entries(FORMATS).map(([kind, formats]) => [kind, Object.keys(formats)]))

/** GET /drive/v3/files/{id}/export: a document in another format, up to 10 MB of it. */
export function exportFile(call: Call, { id = '' }: Record<string, string>, context: Context): Answer {
  const wanted = call.query.get('mimeType')
  if (!wanted) throw badParameter('mimeType', 'Required parameter: mimeType', 'required')
  const file = visibleFile(call, context, id)
  const formats = FORMATS[file.mimeType]
  if (!formats || !isGoogles(file.mimeType))
    throw driveRefusal(403, 'Export only supports Docs Editors files.', { reason: 'fileNotExportable' })
  if (!file.canExport)
    throw driveRefusal(403, 'This file cannot be exported by the user.', { reason: 'cannotExportFile' })
  const write = Object.hasOwn(formats, wanted) ? formats[wanted] : undefined
  if (!write) {
    const about = { reason: 'badRequest', location: 'convertTo', locationType: 'parameter' }
    throw driveRefusal(400, 'The requested conversion is not supported.', about)
  }
  const body = Buffer.from(write(file))
  if (Math.max(body.length, file.size ?? 0) > context.state.settings.exportLimitBytes)
    throw driveRefusal(403, 'This file is too large to be exported.', { reason: 'exportSizeLimitExceeded' })
  const type = wanted.startsWith('text/') ? `${wanted}; charset=UTF-8` : wanted
  return { status: 200, headers: { 'content-type': type }, body }
}
