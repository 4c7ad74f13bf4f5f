import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { refreshGrant } from '#lib/oauth/refresh.ts'
import { createApi } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { oauth } from '#lib/providers/google-docs/oauth.ts'
import { googleDocs } from '#lib/providers/google-docs/provider.ts'
import { failed } from '#tests/support/github-api.ts'
import { googleApi, googleFixture, googleReader } from '#tests/support/google-api.ts'
import { type Reply, serve } from '#tests/support/loopback.ts'

// Answers that Google publishes, kept outside the project: <provider>/<name>.json, each { status, headers, body }, beside the
// checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for them.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/google-docs`
const isAbsent = !existsSync(folder)

function recorded(name: string): Reply & { body: Record<string, unknown> } {
  const { status, headers = {}, body } = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))
  return { status, headers, body }
}

/** Of no use to any reader: what is asked about changes, and what is sent to hear of them. */
const notMet = [
  'files-watch-request',
  'skeleton-drive-changes-getStartPageToken',
  'skeleton-drive-changes-list',
  'skeleton-drive-changes-watch',
]
const met = [
  'api-error-401',
  'api-error-403-rate-limit-minimal',
  'skeleton-docs-documents-get',
  'skeleton-drive-about-get',
  'skeleton-drive-files-get',
  'skeleton-drive-files-list',
  'token-exchange',
  'token-refresh',
  'token-refresh-reauth-error',
]

const documents = googleReader('document')
const client = { id: 'your_client_id', secret: 'your_client_secret' }
const grant = { token: 'old', refreshToken: '1//kept', scopes: ['openid'] }

async function answering(name: string): Promise<Api> {
  const { url } = await serve(() => recorded(name))
  return createApi({ provider: googleDocs, grant, base: url, elsewhere: url })
}
const endpointOf = async (name: string) => (await serve(() => recorded(name))).url

describe.skipIf(isAbsent)('answers that Google publishes', () => {
  test('a code is traded for a token with its refresh token', async () => {
    const asked = { method: oauth, client, redirectUri: 'https://us.example/cb', code: '4/P7q7', verifier: 'v' }
    expect(await exchangeCode({ ...asked, endpoint: await endpointOf('token-exchange') })).toMatchObject({
      token: '1/fFAGRNJru1FTz70BzhT3Zg',
      refreshToken: '1//xEoDL4iW3cxlI7yDbSRFYNG01kVKM2C-259HOF2aQbI',
      expiresAt: expect.any(Date),
      scopes: ['https://www.googleapis.com/auth/youtube.force-ssl'],
    })
  })

  test('a renewal without a refresh token keeps the one there is', async () => {
    const fresh = await refreshGrant({ method: oauth, client, grant, endpoint: await endpointOf('token-refresh') })
    expect(fresh).toMatchObject({ token: '1/fFAGRNJru1FTz70BzhT3Zg', refreshToken: '1//kept' })
  })

  test('a Workspace that asks people to sign in again refuses for good', async () => {
    const again = refreshGrant({
      method: oauth,
      client,
      grant,
      endpoint: await endpointOf('token-refresh-reauth-error'),
    })
    await expect(again).rejects.toMatchObject({ code: 'invalid_grant', isFinal: true })
  })

  test('a token that opens nothing is expired, and a limit told as 403 is a wait', async () => {
    expect((await failed(documents.list(await answering('api-error-401'), {}))).failure).toBe('expired')
    expect(await failed(documents.list(await answering('api-error-403-rate-limit-minimal'), {}))).toMatchObject({
      failure: 'rate_limited',
      retryAt: expect.any(Date),
    })
  })

  test('every field that a file or a document can have is read or passed over', async () => {
    const file = recorded('skeleton-drive-files-get')
    const text = recorded('skeleton-docs-documents-get')
    const body = { ...file.body, mimeType: 'application/vnd.google-apps.document' }
    const exchanges = { 'GET /drive/v3/files/my_own_id': { body }, 'GET /v1/documents/my_own_id': text }
    const { api } = await googleApi({ ...exchanges, 'GET /drive/v3/files/as_it_is0': file })
    expect((await failed(documents.read(api, 'as_it_is0'))).failure).toBe('not_found') // of no type that we know
    // no id of Drive's is as short as the example's
    const named = { ...body, id: 'my_own_id' }
    const { api: other } = await googleApi({ ...exchanges, 'GET /drive/v3/files/my_own_id': { body: named } })
    expect(await documents.read(other, 'my_own_id')).toEqual({
      kind: 'document',
      id: 'my_own_id~my_resourceKey',
      title: 'my_name',
      url: 'https://docs.google.com/document/d/my_own_id/edit',
      body: { editor: '' },
    })
  })

  test('an empty list has a next page, and an account of which nothing is told is still one', async () => {
    expect(await documents.list(await answering('skeleton-drive-files-list'), {})).toEqual({
      items: [],
      nextCursor: 'my_nextPageToken',
    })
    const { api } = await googleApi({
      ...googleFixture('account'),
      'GET /drive/v3/about': recorded('skeleton-drive-about-get'),
    })
    expect((await googleDocs.identify(api, { token: 't' })).label).toBe('ines@lathe.example')
  })

  test('no answer in the folder is of a kind that nobody has decided about', () => {
    expect(readdirSync(folder)).toEqual([...met, ...notMet].map((name) => `${name}.json`).toSorted())
  })
})
