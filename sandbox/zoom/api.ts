import type { Answer, Call } from '#sandbox/http.ts'
import { type Route, router } from '#sandbox/route.ts'
import { type Context, identify, requireScope } from './access.ts'
import { count } from './limits.ts'
import { listMeetings, listParticipants, showPastMeeting } from './meetings.ts'
import { listRecordings, showRecording, showTranscript } from './recordings.ts'
import { answerOf, Refusal, refused } from './refusal.ts'
import type { Category, State } from './state.ts'
import { showSettings, showUser } from './users.ts'

type Read = (call: Call, params: Record<string, string>, context: Context) => object
/** What a call counts as, and the scope that it takes. */
type About = { category: Category; scope: string }

const endpoint = (path: string, read: Read, category: Category, scope: string): Route<Context, About> => ({
  method: 'GET',
  pattern: `/v2${path}`,
  handler: (call, params, context) => answerOf(read(call, params, context)),
  about: { category, scope },
})

// developers.zoom.us/docs/integrations/oauth-scopes-granular
const find = router([
  endpoint('/users/{user}', showUser, 'Light', 'user:read:user'),
  endpoint('/users/{user}/settings', showSettings, 'Medium', 'user:read:settings'),
  endpoint('/users/{user}/meetings', listMeetings, 'Medium', 'meeting:read:list_meetings'),
  endpoint('/users/{user}/recordings', listRecordings, 'Medium', 'cloud_recording:read:list_user_recordings'),
  endpoint('/meetings/{meeting}/recordings', showRecording, 'Light', 'cloud_recording:read:list_recording_files'),
  endpoint('/meetings/{meeting}/transcript', showTranscript, 'Light', 'cloud_recording:read:meeting_transcript'),
  endpoint('/past_meetings/{meeting}', showPastMeeting, 'Light', 'meeting:read:past_meeting'),
  endpoint('/past_meetings/{meeting}/participants', listParticipants, 'Medium', 'meeting:read:list_past_participants'),
])

/** Answers one request to api.zoom.us. */
export async function answerApi(call: Call, state: State): Promise<Answer> {
  let limits: Record<string, string> = {}
  try {
    const context = identify(call, state)
    const found = find(call.method, call.rest)
    if (!found) throw new Refusal(404, 2300, 'This API endpoint is not recognized.')
    limits = count(state, context.account, found.about.category)
    requireScope(context, found.about.scope)
    const answer = await found.handler(call, found.params, context)
    return { ...answer, headers: { ...answer.headers, ...limits } }
  } catch (problem) {
    if (problem instanceof Refusal) return refused(problem, limits)
    throw problem
  }
}
