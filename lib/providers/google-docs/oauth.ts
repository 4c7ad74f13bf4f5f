import type { OAuth2 } from '#lib/providers/define-auth.ts'

/** The one permission that opens documents. */
export const DRIVE = 'https://www.googleapis.com/auth/drive.readonly'

/**
 * The refresh token is given with the first consent of an account, and again only to whoever asks for consent again; renewing
 * gives no other (developers.google.com/identity/protocols/oauth2/web-server).
 */
export const oauth: OAuth2 = {
  type: 'oauth2',
  client: 'google',
  clientAuth: 'body',
  pkce: true,
  refresh: 'keeps',
  scopes: [
    { name: 'openid', why: 'To recognize the Google account when it is connected again.' },
    {
      name: 'email',
      why: 'To show which Google account is connected.',
      impliedBy: ['https://www.googleapis.com/auth/userinfo.email'], // what the answer calls it
    },
    {
      name: DRIVE,
      why: 'To list and search your documents and show how they begin. Google has no narrower permission that can list them. Plugboard only reads, and only documents.',
      limits: "Google Drive wasn't allowed, so no document can be opened.",
      impliedBy: ['https://www.googleapis.com/auth/drive'],
      risk: 'read every file in your Drive',
    },
  ],
  dialect: {
    accountParameter: 'login_hint',
    authorizeParameters: { access_type: 'offline', prompt: 'consent select_account' },
  },
}
