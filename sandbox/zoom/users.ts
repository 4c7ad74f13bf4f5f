import type { Call } from '#sandbox/http.ts'
import { type Context, requireMe } from './access.ts'
import { recordsToCloud } from './occurrences.ts'
import { idOf, WEB } from './state.ts'

type Params = Record<string, string>

/** GET /users/me. What plan the account has is not said: `type` is the person's own licence. */
export function showUser(_call: Call, { user = '' }: Params, { state, person, account }: Context): object {
  requireMe(user)
  return {
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName,
    display_name: `${person.firstName} ${person.lastName}`,
    email: person.email,
    type: person.type,
    role_name: person.roleName,
    role_id: person.roleName === 'Owner' ? '0' : person.roleName === 'Admin' ? '1' : '2',
    pmi: person.pmi,
    use_pmi: false,
    personal_meeting_url: `${state.world.url}${WEB}/j/${person.pmi}`,
    timezone: person.timezone,
    verified: 1,
    dept: person.dept,
    account_id: account.id,
    account_number: 10_000_000 + state.accounts.indexOf(account),
    cms_user_id: '',
    company: account.name,
    user_created_at: '2024-02-05T09:00:00Z',
    last_login_time: '2026-11-02T08:12:00Z',
    last_client_version: '6.6.0.64511(mac)',
    group_ids: [],
    im_group_ids: [],
    jid: `${person.id.toLowerCase()}@xmpp.zoom.us`,
    job_title: '',
    language: 'en-US',
    location: '',
    login_types: [100],
    status: 'active',
    cluster: 'us04',
  }
}

/** GET /users/me/settings: the parts that concern recordings. */
export function showSettings(_call: Call, { user = '' }: Params, { state, person, account }: Context): object {
  requireMe(user)
  const records = recordsToCloud(state, person.email)
  return {
    schedule_meeting: { host_video: true, participants_video: true, join_before_host: false },
    recording: {
      local_recording: true,
      cloud_recording: records,
      record_speaker_view: records,
      record_audio_file: records,
      save_chat_text: records,
      recording_audio_transcript: records,
      auto_recording: 'none',
      auto_delete_cmr: false,
    },
    feature: {
      meeting_capacity: account.plan === 'business' ? 300 : 100,
      concurrent_meeting: person.type === 2 ? 'Plus' : 'Basic',
      group_id: idOf(`group ${account.key}`),
    },
  }
}
