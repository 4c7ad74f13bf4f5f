// developers.zoom.us/docs/integrations/oauth-scopes-granular: those of a user-managed app that only reads, and what the
// consent page says of them. Classic scopes (`user:read`) and the `:admin` and `:master` ones cannot be added to it.
const MEANINGS: Readonly<Record<string, string>> = {
  'user:read:user': 'View a user',
  'user:read:email': 'Check a user’s email',
  'user:read:settings': 'View a user’s settings',
  'meeting:read:list_meetings': 'View a user’s meetings',
  'meeting:read:past_meeting': 'View a past meeting',
  'meeting:read:list_past_participants': 'View a past meeting’s participants',
  'cloud_recording:read:list_user_recordings': 'View a user’s cloud recordings',
  'cloud_recording:read:list_recording_files': 'View the files of a meeting’s recording',
  'cloud_recording:read:recording': 'View a recording',
  'cloud_recording:read:meeting_transcript': 'View a meeting’s transcript',
}

/** Every scope there is for an app of this kind. */
export const SCOPES: readonly string[] = Object.keys(MEANINGS)

/** What a person reads about a scope on the consent page. */
export const meaning = (scope: string): string => MEANINGS[scope] ?? scope

/** Whether two lists name the same scopes. */
export const sameScopes = (one: readonly string[], other: readonly string[]): boolean =>
  [...new Set(one)].toSorted().join(' ') === [...new Set(other)].toSorted().join(' ')
