import { OAuthApp, Octokit } from 'octokit'
import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CLIENT, githubClient, REDIRECT_URI } from '#tests/support/sandbox-github.ts'

const github = await newSandbox(githubClient)

// The official client derives the token address by dropping /api/v3 from its base; its other calls go to the API's own.
const oauthApp = (base: string, clientSecret = CLIENT.client_secret) =>
  new OAuthApp({
    clientId: CLIENT.client_id,
    clientSecret,
    Octokit: Octokit.defaults({ baseUrl: base, retry: { enabled: false }, throttle: { enabled: false } }),
  })
const asWeb = (secret?: string) => oauthApp(`${github.url}/github-web/api/v3`, secret)
const asApi = (secret?: string) => oauthApp(`${github.url}/github-api`, secret)

test('the official client exchanges a code and then reads who it is', async () => {
  const { authentication } = await asWeb().createToken({
    code: await github.codeFor('sam-o'),
    redirectUrl: REDIRECT_URI,
  })
  expect(authentication.token).toMatch(/^gho_/)
  const octokit = new Octokit({ auth: authentication.token, baseUrl: `${github.url}/github-api` })
  expect((await octokit.rest.users.getAuthenticated()).data.login).toBe('sam-o')
})

test('the official client takes a 200 with an error for what it is', async () => {
  const code = await github.codeFor('sam-o')
  const wrongSecret = asWeb('wrong').createToken({ code, redirectUrl: REDIRECT_URI })
  await expect(wrongSecret).rejects.toThrow('The client_id and/or client_secret passed are incorrect')
  await asWeb().createToken({ code, redirectUrl: REDIRECT_URI })
  await expect(asWeb().createToken({ code, redirectUrl: REDIRECT_URI })).rejects.toThrow(
    'The code passed is incorrect or expired',
  )
})

test('the official client checks a token, deletes it, and deletes the grant', async () => {
  const [one, two, three] = [
    await github.tokenFor('sam-o'),
    await github.tokenFor('sam-o'),
    await github.tokenFor('sam-o'),
  ]
  const status = async (token: string) => (await github.api('/user', token)).status
  const { data } = await asApi().checkToken({ token: one })
  expect(data.user?.login).toBe('sam-o')
  await asApi().deleteToken({ token: one })
  await expect(asApi().checkToken({ token: one })).rejects.toMatchObject({ status: 404 })
  expect([await status(one), await status(two)]).toEqual([401, 200])
  await asApi().deleteAuthorization({ token: two })
  expect([await status(two), await status(three)]).toEqual([401, 401])
})

test('the official client gives up on a version and on a scope that do not fit', async () => {
  const octokit = new Octokit({
    auth: await github.tokenFor('sam-o', { scope: 'repo' }),
    baseUrl: `${github.url}/github-api`,
    retry: { enabled: false },
    throttle: { enabled: false },
  })
  await expect(
    octokit.rest.users.getAuthenticated({ headers: { 'x-github-api-version': '1999-01-01' } }),
  ).rejects.toMatchObject({ status: 400 })
  await expect(octokit.rest.orgs.listForAuthenticatedUser()).rejects.toMatchObject({ status: 403 })
})
