import { docs, auth as docsAuth } from '@googleapis/docs'
import { auth, drive } from '@googleapis/drive'
import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CHALLENGE, CLIENT, DANA, googleClient, READ, REDIRECT_URI, VERIFIER } from '#tests/support/sandbox-google.ts'

const google = await newSandbox(googleClient)

const options = () => ({
  clientId: CLIENT.client_id,
  clientSecret: CLIENT.client_secret,
  redirectUri: REDIRECT_URI,
  forceRefreshOnFailure: true,
  issuers: [`${google.url}/google-accounts`],
  endpoints: {
    oauth2AuthBaseUrl: `${google.url}/google-accounts/o/oauth2/v2/auth`,
    oauth2TokenUrl: `${google.url}/google-oauth/token`,
    oauth2RevokeUrl: `${google.url}/google-oauth/revoke`,
    tokenInfoUrl: `${google.url}/google-oauth/tokeninfo`,
    oauth2FederatedSignonJwkCertsUrl: `${google.url}/google-api/oauth2/v3/certs`,
  },
})

async function signIn(asked: Record<string, string> = {}) {
  const client = new auth.OAuth2(options())
  const url = client.generateAuthUrl({ access_type: 'offline', scope: ['openid', 'email', READ], ...asked })
  const code = new URL(await google.consent(url, { account: DANA })).searchParams.get('code') ?? ''
  const { tokens } = await client.getToken({ code, ...(asked.code_challenge ? { codeVerifier: VERIFIER } : {}) })
  client.setCredentials(tokens)
  // each of the two packages has an OAuth client of its own
  const reader = new docsAuth.OAuth2(options())
  reader.setCredentials(tokens)
  return { client, tokens, ...drive({ version: 'v3', auth: client }), ...docs({ version: 'v1', auth: reader }) }
}
// The root must be given to each call: to the whole client it would lose its path.
const atDrive = () => ({ rootUrl: `${google.url}/google-api`, retry: false })
const atDocs = () => ({ rootUrl: `${google.url}/google-docs`, retry: false })
const DOCUMENT = "mimeType = 'application/vnd.google-apps.document' and trashed = false"

test('the official client signs in with a challenge and reads who a token is for', async () => {
  const { client, tokens } = await signIn({ code_challenge: CHALLENGE, code_challenge_method: 'S256' })
  expect(tokens.refresh_token).toMatch(/^1\/\//)
  const info = await client.getTokenInfo(tokens.access_token ?? '')
  expect(info).toMatchObject({ email: DANA, scopes: expect.arrayContaining([READ]) })
})

test('the official client refreshes by itself when the token has ended, and keeps its refresh token', async () => {
  const { client, tokens, about } = await signIn()
  await google.control.clock(3600)
  const { data } = await about.get({ fields: 'user(emailAddress)' }, atDrive())
  expect(data.user?.emailAddress).toBe(DANA)
  expect(client.credentials.access_token).not.toBe(tokens.access_token)
  expect(client.credentials.refresh_token).toBe(tokens.refresh_token)
})

test('the official client lists documents page by page, finds one and reads it', async () => {
  const { files, documents } = await signIn()
  const names: (string | null | undefined)[] = []
  let pageToken: string | undefined
  do {
    const page = { q: DOCUMENT, pageSize: 4, ...(pageToken === undefined ? {} : { pageToken }) }
    const { data } = await files.list(page, atDrive())
    names.push(...(data.files ?? []).map(({ name }) => name))
    pageToken = data.nextPageToken ?? undefined
  } while (pageToken !== undefined)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('Job queue: design')
  const found = await files.list(
    {
      q: `${DOCUMENT} and fullText contains 'jitter'`,
      fields: 'files(id,name,webViewLink)',
    },
    atDrive(),
  )
  const [{ id = '' } = {}] = (found.data.files ?? []).filter(({ name }) => name === 'Job queue: design')
  const { data } = await documents.get({ documentId: id ?? '', includeTabsContent: true }, atDocs())
  expect(data.tabs?.[0]?.documentTab?.body?.content?.[1]?.paragraph?.elements?.[0]?.textRun?.content).toBe(
    'Job queue: design\n',
  )
  const text = await files.export({ fileId: id ?? '', mimeType: 'text/plain' }, { ...atDrive(), responseType: 'text' })
  expect(text.data).toContain('after 1, 2, 4, 8 and 16 minutes')
})

test('the official client reads the errors of both APIs as they are', async () => {
  const { files, documents } = await signIn()
  await expect(files.list({ q: 'title = 1' }, atDrive())).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('Invalid Value'),
  })
  await expect(documents.get({ documentId: '1nothing' }, atDocs())).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining('Requested entity was not found.'),
  })
})

test('the official client pages through changes', async () => {
  const { changes } = await signIn()
  const { data: start } = await changes.getStartPageToken({}, atDrive())
  await google.set({ files: [{ owner: DANA, name: 'Fresh' }] })
  const { data } = await changes.list({ pageToken: start.startPageToken ?? '', fields: '*' }, atDrive())
  expect(data.changes?.map(({ file }) => file?.name)).toEqual(['Fresh'])
  expect(data.newStartPageToken).toBe('2324')
})

test('the official client revokes, after which refreshing is an invalid grant', async () => {
  const { client, tokens } = await signIn()
  await client.revokeToken(tokens.refresh_token ?? '')
  await expect(client.refreshAccessToken()).rejects.toMatchObject({ response: { data: { error: 'invalid_grant' } } })
})
