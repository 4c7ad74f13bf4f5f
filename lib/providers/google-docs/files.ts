import { z } from 'zod'
import type { Resource } from '#lib/providers/define.ts'
import type { Api, Query } from '#lib/providers/define-api.ts'
import { type FileRef, writeDocumentId } from './ids.ts'

const Person = z.object({ displayName: z.string().nullish() }).nullish().catch(null)

/** What is read of a file (developers.google.com/workspace/drive/api/reference/rest/v3/files). */
const File = z.object({
  id: z.string(),
  name: z.string().catch(''),
  mimeType: z.string().nullish(),
  modifiedTime: z.string().nullish(),
  createdTime: z.string().nullish(),
  webViewLink: z.string().nullish(),
  lastModifyingUser: Person,
  resourceKey: z.string().nullish().catch(null),
  trashed: z.boolean().nullish(),
  shortcutDetails: z.object({ targetId: z.string(), targetResourceKey: z.string().nullish() }).nullish().catch(null),
})
type File = z.infer<typeof File>

const Files = z.object({ files: z.array(File), nextPageToken: z.string().nullish() })

const FIELDS =
  'id,name,mimeType,modifiedTime,createdTime,webViewLink,lastModifyingUser(displayName),resourceKey,trashed'

/** Some files that were shared long ago are shown only to whoever names their key (developers.google.com/workspace/drive/api/guides/resource-keys). */
export const keyHeader = ({ file, key }: FileRef): Record<string, string> =>
  key === undefined ? {} : { 'x-goog-drive-resource-keys': `${file}/${key}` }

/** One file, also one of a shared drive. */
export const findFile = (api: Api, ref: FileRef): Promise<File> =>
  api(`/drive/v3/files/${ref.file}`, {
    schema: File,
    query: { fields: `${FIELDS},shortcutDetails(targetId,targetResourceKey)`, supportsAllDrives: 'true' },
    headers: keyHeader(ref),
  })

type Found = { items: Resource[]; nextCursor?: string }

/**
 * Documents that a query finds, those of shared drives that the person has opened among them. A query for what files say is
 * ordered by Drive itself, which refuses any other order.
 */
export async function findDocuments(
  api: Api,
  q: string,
  { order, count = 50, cursor }: { order?: string; count?: number; cursor?: string | undefined },
): Promise<Found> {
  const query: Query = {
    q,
    fields: `nextPageToken,files(${FIELDS})`,
    pageSize: count,
    orderBy: order,
    corpora: 'user',
    supportsAllDrives: 'true',
    includeItemsFromAllDrives: 'true',
    pageToken: cursor,
  }
  const { files, nextPageToken } = await api('/drive/v3/files', { schema: Files, query })
  return {
    items: files.flatMap((file) => toDocument(file) ?? []),
    ...(nextPageToken ? { nextCursor: nextPageToken } : {}),
  }
}

/** A time of Drive's in one form; nothing for what is no time. */
function timeIn(text: string | null | undefined): string | undefined {
  const at = new Date(text ?? '')
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** A file as the document it is; null where its id cannot be one. */
export function toDocument(file: File, excerpt = ''): Resource | null {
  const id = writeDocumentId({ file: file.id, key: file.resourceKey })
  if (id === null) return null
  const updatedAt = timeIn(file.modifiedTime ?? file.createdTime)
  return {
    kind: 'document',
    id,
    title: file.name.trim() || 'Untitled document',
    url: URL.canParse(file.webViewLink ?? '')
      ? String(file.webViewLink)
      : `https://docs.google.com/document/d/${file.id}/edit`,
    ...(updatedAt ? { updatedAt } : {}),
    ...(excerpt ? { excerpt } : {}),
    body: { editor: file.lastModifyingUser?.displayName ?? '' },
  }
}
