import { now } from '#lib/platform/clock.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { agendaText } from './agenda.ts'
import { findFiles, firstLink } from './files.ts'
import { readMeetingId } from './ids.ts'
import { joinUrl, meetingLink } from './links.ts'
import { type Meeting, MeetingList, Participants, PastMeeting } from './shapes.ts'

const MOST_PAGES = 4
const PAGE = 300 // as many as there can be in one
const NAMED = 50
/** For how long a search looks through the same list: Zoom has no search, and a free account has 2,000 calls in a day. */
const SEARCHED_MS = 5 * 60_000

type Listed = { all: Meeting[]; isWhole: boolean }

/** The meetings of one kind of list, as far as they are looked through; a token for the next page is good for a quarter of an hour. */
async function listOf(api: Api, type: 'scheduled' | 'previous_meetings', forMs = 0): Promise<Listed> {
  const all: Meeting[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = { type, page_size: PAGE, next_page_token: token }
    const { meetings, next_page_token: next } = await api('/users/me/meetings', {
      query,
      schema: MeetingList,
      ...(forMs > 0 ? { keptMs: () => forMs } : {}),
    })
    all.push(...meetings)
    token = next
    if (!token) break
  }
  return { all, isWhole: !token }
}

const startOf = ({ start_time: start }: Meeting): number => (start === undefined ? 0 : Date.parse(start))

/** Those that are planned and those of the last half year, each once, the latest first. */
async function everyMeeting(api: Api, forMs = 0): Promise<Meeting[]> {
  const [planned, past] = await Promise.all([listOf(api, 'scheduled', forMs), listOf(api, 'previous_meetings', forMs)])
  const held = past.all.toSorted((a, b) => startOf(b) - startOf(a))
  const each = new Map<number, Meeting>()
  for (const meeting of [...planned.all, ...held]) if (!each.has(meeting.id)) each.set(meeting.id, meeting)
  return [...each.values()].toSorted((a, b) => startOf(b) - startOf(a))
}

const isOver = (start: string | undefined): boolean => start !== undefined && Date.parse(start) < now().getTime()

/** A meeting as a list tells it. Whose it is decides who may see it, so it is private until an admin says otherwise. */
function toResource({ id, topic, start_time: start, duration, join_url: url, agenda }: Meeting): Resource {
  const excerpt = agendaText(agenda)
  return {
    kind: 'meeting',
    id: String(id),
    title: topic || 'Meeting without a topic',
    url: joinUrl(url, String(id)),
    isPrivate: true,
    ...(start && isOver(start) ? { updatedAt: new Date(start).toISOString() } : {}),
    ...(excerpt ? { excerpt } : {}),
    body: { ...(start ? { starts: start } : {}), ...(duration ? { minutes: duration } : {}) },
  }
}

/** What may not be there, or not be told: left out then. */
async function ifTold<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    const untold: readonly string[] = ['not_found', 'forbidden', 'scope', 'plan']
    if (error instanceof ProviderFailure && untold.includes(error.failure)) return null
    throw error
  }
}

/** Names only: their addresses are not read. Of one who was alone there Zoom names nobody. */
async function whoCame(api: Api, id: string): Promise<string[]> {
  if (api.config.plan === 'free') return []
  const query = { page_size: PAGE }
  const told = await ifTold(api(`/past_meetings/${id}/participants`, { query, schema: Participants }))
  return [...new Set(told?.participants.map(({ name }) => name).filter(Boolean))].slice(0, NAMED)
}

/** Where its last recording is seen; `not_on_plan` where there can be none. */
async function recordingOf(api: Api, id: string): Promise<Record<string, string>> {
  if (api.config.plan === 'free' || api.config.plan === 'basic') return { recording: 'not_on_plan' }
  const files = await ifTold(findFiles(api, id))
  const url = files && firstLink(files.recording_files)
  return url ? { recording: 'ready', recordingUrl: url } : { recording: 'none' }
}

/** What there is to tell of the last time it took place. */
async function lastTime(api: Api, id: string, past: PastMeeting) {
  const [names, recording] = await Promise.all([whoCame(api, id), recordingOf(api, id)])
  const { start_time: start, end_time: end, duration, participants_count: count, user_name: host } = past
  return {
    ...(start ? { held: start } : {}),
    ...(end ? { ended: end } : {}),
    ...(duration ? { minutes: duration } : {}),
    ...(count === undefined ? {} : { participants: count }),
    ...(host ? { host } : {}),
    names,
    ...recording,
  }
}

/** Nobody can tell whether it is behind those that are looked through. */
const beyondList = () => new ProviderFailure('unavailable', { detail: 'too many meetings' })

async function readMeeting(api: Api, text: string): Promise<Resource> {
  const id = readMeetingId(text)
  const past = await ifTold(api(`/past_meetings/${id}`, { schema: PastMeeting }))
  const { all, isWhole } = await listOf(api, 'scheduled')
  const planned = all.find((one) => String(one.id) === id)
  if (!planned && !past) throw isWhole ? new ProviderFailure('not_found') : beyondList()
  const listed = planned ?? { id: Number(id), topic: past?.topic, start_time: past?.start_time, ...unknown }
  const resource = toResource(listed)
  return past ? { ...resource, body: { ...resource.body, ...(await lastTime(api, id, past)) } } : resource
}
const unknown = { type: undefined, duration: undefined, join_url: undefined, agenda: undefined }

const isMeant = (query: string) => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return ({ topic = '' }: Meeting) => words.every((word) => topic.toLowerCase().includes(word))
}

export const meetings: Reader = {
  kind: 'meeting',
  name: 'Meeting',
  children: ['recording'],
  list: async (api) => ({ items: (await everyMeeting(api)).map(toResource) }),
  search: async (api, query) => ({
    items: (await everyMeeting(api, SEARCHED_MS)).filter(isMeant(query)).map(toResource),
  }),
  read: readMeeting,
  match: meetingLink,
}
