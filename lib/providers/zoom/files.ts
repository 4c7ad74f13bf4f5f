import type { Api } from '#lib/providers/define-api.ts'
import { uuidInPath } from './ids.ts'
import { Recorded, type RecordingFile } from './shapes.ts'

/** What was recorded, by a meeting's number (its last time) or by the name of one time. Throws ProviderFailure `not_found`. */
export const findFiles = (api: Api, id: string): Promise<Recorded> =>
  api(`/meetings/${uuidInPath(id)}/recordings`, { schema: Recorded })

const names = new Map([
  ['MP4', 'Video'],
  ['M4A', 'Audio'],
  ['TRANSCRIPT', 'Transcript'],
  ['CC', 'Captions'],
  ['CHAT', 'Chat'],
  ['SUMMARY', 'Summary'],
])

/** A file that is done, with the page where it is seen; Zoom asks there who wants to see it. */
export type FileLink = { type: string; name: string; url: string }

/** The files of a recording that people can open, each kind once. */
export function linksOf(files: readonly (RecordingFile | null)[]): FileLink[] {
  const each = new Map<string, FileLink>()
  for (const file of files) {
    const url = file?.play_url ?? file?.download_url
    const name = names.get(file?.file_type ?? '')
    if (!file || !url || !name || (file.status ?? 'completed') !== 'completed' || each.has(name)) continue
    each.set(name, { type: file.file_type, name, url })
  }
  return [...each.values()]
}

/** Where a recording is seen: its video, else what there is. */
export function firstLink(files: readonly (RecordingFile | null)[]): string | undefined {
  const links = linksOf(files)
  return (links.find(({ type }) => type === 'MP4') ?? links[0])?.url
}
