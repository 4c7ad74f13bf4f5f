import { z } from 'zod'
import { now } from '#lib/platform/clock.ts'
import { ProviderFailure, unlessRefused } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { findFiles, firstLink, linksOf } from './files.ts'
import { readMeetingId, readRecordingId, recordingId, uuidInPath } from './ids.ts'
import { type Recorded, RecordedList } from './shapes.ts'

const DAY_MS = 86_400_000
/** A longer time than a month is cut short without a word (developers.zoom.us/docs/api/meetings, list all recordings). */
const WINDOW_DAYS = 28
const WINDOWS = 6
const PAGE = 100
/** How many pages without one are looked through at a time; whoever goes on comes back with the cursor. */
const MOST_PAGES = 12

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** A place in the list: which window of days before today, and which page of it. */
type Place = { window: number; token: string | undefined }

const FIRST: Place = { window: 0, token: undefined }
const toCursor = ({ window, token = '' }: Place): string => `${window}.${token}`
function fromCursor(cursor: string | undefined): Place {
  const [, window = '0', token = ''] = /^(\d)\.(.*)$/s.exec(cursor ?? '') ?? []
  return Number(window) < WINDOWS ? { window: Number(window), token: token || undefined } : FIRST
}

function toResource({ id, uuid, topic, start_time: start, duration, recording_files: files }: Recorded): Resource {
  const links = linksOf(files)
  const meeting = String(id)
  return {
    kind: 'recording',
    id: recordingId({ meeting, uuid }),
    title: topic || 'Meeting without a topic',
    url: firstLink(files) ?? '',
    parent: meeting,
    containerId: meeting,
    isPrivate: true,
    ...(start ? { updatedAt: new Date(start).toISOString() } : {}),
    body: {
      ...(start ? { held: start } : {}),
      ...(duration ? { minutes: duration } : {}),
      files: links.map(({ name, url }) => ({ name, url })),
      transcript: links.some(({ type }) => type === 'TRANSCRIPT') ? 'ready' : 'none',
    },
  }
}

/** One page of one window; what comes after it is the next page, else the window before. */
async function pageAt(api: Api, { window, token }: Place): Promise<{ found: Recorded[]; next?: Place }> {
  const to = now().getTime() - window * (WINDOW_DAYS + 1) * DAY_MS
  const query = { from: dayOf(to - WINDOW_DAYS * DAY_MS), to: dayOf(to), page_size: PAGE, next_page_token: token }
  const { meetings, next_page_token: more } = await api('/users/me/recordings', { query, schema: RecordedList })
  const isEnd = !more && window + 1 >= WINDOWS
  return {
    found: meetings,
    ...(isEnd ? {} : { next: more ? { window, token: more } : { window: window + 1, token: undefined } }),
  }
}

/** As pageAt; a token lasts a quarter of an hour, and what comes back later begins that window again. */
async function pageFrom(api: Api, place: Place) {
  try {
    return await pageAt(api, place)
  } catch (error) {
    const isLate = place.token !== undefined && error instanceof ProviderFailure && error.failure === 'forbidden'
    if (!isLate) throw error
    return pageAt(api, { ...place, token: undefined })
  }
}

const mayRecord = ({ config }: Api): boolean => config.plan !== 'free' && config.plan !== 'basic'

/** Recordings of the last months, or those of one meeting: then as many pages as it takes to find one. */
async function list(api: Api, { parent, cursor }: { parent?: string; cursor?: string }): Promise<Page> {
  const meeting = parent === undefined ? null : readMeetingId(parent)
  if (!mayRecord(api)) return { items: [] }
  let place: Place | undefined = fromCursor(cursor)
  const items: Resource[] = []
  for (let pages = 0; place && items.length === 0 && pages < MOST_PAGES; pages++) {
    const { found, next }: { found: Recorded[]; next?: Place } = await pageFrom(api, place)
    items.push(...found.filter(({ id }) => meeting === null || String(id) === meeting).map(toResource))
    place = next
  }
  return { items, ...(place ? { nextCursor: toCursor(place) } : {}) }
}

const Transcript = z.object({ download_restriction_reason: z.string().nullish().catch(null) })

/** Whether one is being made, where there is none yet. */
async function transcriptOf(api: Api, uuid: string): Promise<'none' | 'not_ready'> {
  const told = await unlessRefused(api(`/meetings/${uuidInPath(uuid)}/transcript`, { schema: Transcript }))
  return told?.download_restriction_reason === 'NOT_READY' ? 'not_ready' : 'none'
}

async function read(api: Api, text: string): Promise<Resource> {
  const { meeting, uuid } = readRecordingId(text)
  const recorded = await findFiles(api, uuid)
  // which meeting it was decides who may see it, so that is Zoom's word and not the id's
  if (String(recorded.id) !== meeting) throw new ProviderFailure('not_found')
  const resource = toResource({ ...recorded, uuid })
  if (resource.body?.transcript !== 'none') return resource
  return { ...resource, body: { ...resource.body, transcript: await transcriptOf(api, uuid) } }
}

export const recordings: Reader = { kind: 'recording', name: 'Recording', list, read }
