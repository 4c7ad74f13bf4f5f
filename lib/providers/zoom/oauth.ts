import type { OAuth2 } from '#lib/providers/define-auth.ts'
import { hostIn } from './hosts.ts'

/**
 * A user-managed app, whose permissions are chosen where it is registered: an address that names others ends at an error page
 * (developers.zoom.us/docs/integrations/oauth, oauth-scopes-granular). Both tokens are renewed together, and what renewed once
 * renews nothing again.
 */
export const oauth: OAuth2 = {
  type: 'oauth2',
  client: 'zoom',
  clientAuth: 'basic',
  pkce: true, // S256 is said, since nothing said means plain
  refresh: 'rotates',
  dialect: { scopesOfApp: true, tokenConfig: hostIn },
  scopes: [
    {
      name: 'user:read:user',
      why: 'To tell whose account is connected and which plan it has. It takes the place of `user:read:email`, which does not open the account.',
    },
    {
      name: 'meeting:read:list_meetings',
      why: 'To list the meetings of the person who connects, each with its topic and time.',
    },
    {
      name: 'meeting:read:past_meeting',
      why: 'To show when a meeting took place, and how many people came.',
      optional: true,
      limits: 'Cards of meetings that are over show only when they were planned.',
    },
    {
      name: 'meeting:read:list_past_participants',
      why: 'To name the people who came to a meeting, where the plan allows it.',
      optional: true,
      limits: 'Cards do not say who came.',
    },
    {
      name: 'cloud_recording:read:list_user_recordings',
      why: 'To list the cloud recordings of the person who connects.',
      optional: true,
      limits: 'Recordings cannot be found.',
    },
    {
      name: 'cloud_recording:read:list_recording_files',
      why: 'To link to the recording of a meeting. It takes the place of `cloud_recording:read:recording`, which opens no list of files.',
      optional: true,
      limits: 'Cards link to no recording.',
    },
    {
      name: 'cloud_recording:read:meeting_transcript',
      why: 'To say whether a recording has a transcript, and whether one is being made.',
      optional: true,
      limits: 'A transcript that is not ready yet looks like none.',
    },
    {
      name: 'user:read:settings',
      why: 'To say so where cloud recording is switched off.',
      optional: true,
      limits: 'Cloud recording that is switched off looks like meetings that nobody recorded.',
    },
  ],
}
