import { z } from 'zod'
import { PersonName } from './people.ts'

const Text = z.string().optional().catch(undefined)
const Count = z.number().nonnegative().optional().catch(undefined)
/** What is empty, or no time, was not told. */
const Instant = z.iso.datetime({ offset: true }).optional().catch(undefined)

/** A meeting in a list (developers.zoom.us/docs/api/meetings). What is not here cannot leak: passcodes, addresses of people; what is in `agenda`, people wrote. */
export const Meeting = z.object({
  id: z.number().int(),
  topic: Text,
  type: z.number().optional().catch(undefined),
  start_time: Instant,
  duration: Count,
  join_url: Text,
  agenda: Text,
})
export type Meeting = z.infer<typeof Meeting>

/** The last time that a meeting took place. */
export const PastMeeting = z.object({
  topic: Text,
  start_time: Instant,
  end_time: Instant,
  duration: Count,
  participants_count: Count,
  user_name: PersonName,
})
export type PastMeeting = z.infer<typeof PastMeeting>

export const RecordingFile = z.object({
  file_type: z.string().catch(''),
  play_url: Text,
  download_url: Text,
  status: Text,
})
export type RecordingFile = z.infer<typeof RecordingFile>

/** What was recorded of one time that a meeting took place. */
export const Recorded = z.object({
  uuid: z.string(),
  id: z.number().int(),
  topic: Text,
  start_time: Instant,
  duration: Count,
  recording_files: z.array(RecordingFile.nullable().catch(null)).catch([]),
})
export type Recorded = z.infer<typeof Recorded>

const NextPage = z
  .string()
  .optional()
  .catch(undefined)
  .transform((token) => token || undefined)

/** A list under its name, whose entries that cannot be read are passed over. */
export const MeetingList = z.object({
  next_page_token: NextPage,
  meetings: z.array(Meeting.nullable().catch(null)).transform((all) => all.filter((one) => one !== null)),
})
export const RecordedList = z.object({
  next_page_token: NextPage,
  meetings: z.array(Recorded.nullable().catch(null)).transform((all) => all.filter((one) => one !== null)),
})
export const Participants = z.object({ participants: z.array(z.object({ name: PersonName })) })
