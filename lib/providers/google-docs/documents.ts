import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { readBeginning } from './document-text.ts'
import { findDocuments, findFile, toDocument } from './files.ts'
import { type FileRef, readDocumentId } from './ids.ts'
import { documentLink } from './links.ts'
import { byTitle, DOCUMENT, everyDocument, SHORTCUT } from './query.ts'

const NEWEST = 'modifiedTime desc'

const list = (api: Api, { cursor }: { cursor?: string }): Promise<Page> =>
  findDocuments(api, everyDocument, { order: NEWEST, cursor })

async function search(api: Api, typed: string, { cursor }: { cursor?: string }): Promise<Page> {
  const query = byTitle(typed)
  return query === null ? { items: [] } : findDocuments(api, query, { order: NEWEST, cursor })
}

/** A file of any other kind is no document, and neither is one in the trash; a shortcut is followed once. */
async function readFile(api: Api, ref: FileRef, mayFollow = true): Promise<Resource> {
  const [file, excerpt] = await Promise.all([findFile(api, ref), readBeginning(api, ref)])
  const { shortcutDetails: target } = file
  if (file.mimeType === SHORTCUT && target && mayFollow) {
    const { targetId, targetResourceKey: key } = target
    return readFile(api, { ...readDocumentId(targetId), ...(key ? { key } : {}) }, false)
  }
  const found = file.mimeType === DOCUMENT && !file.trashed ? toDocument(file, excerpt) : null
  if (!found) throw new ProviderFailure('not_found')
  return found
}

async function read(api: Api, id: string): Promise<Resource> {
  return readFile(api, readDocumentId(id))
}

export const documents: Reader = {
  kind: 'document',
  name: 'Document',
  looks: 'page',
  list,
  search,
  read,
  match: documentLink,
}
