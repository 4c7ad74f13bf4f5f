import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import git from 'isomorphic-git'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '#sandbox/server.ts'
import { APP_URL, CLIENT, githubClient } from '#tests/support/sandbox-github.ts'

let sandbox: Sandbox
let github: ReturnType<typeof githubClient>

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-'))
const gitDir = path.join(folder, '.git')
const TOKEN_PATH = '/github-web/login/oauth/access_token'

beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    appUrl: APP_URL,
    repositories: [{ owner: 'plugboard', name: 'plugboard', gitDir }],
  })
  github = githubClient(sandbox.url)
})
beforeEach(() => github.control.reset())
afterAll(async () => {
  await sandbox.close()
  fs.rmSync(folder, { recursive: true })
})

const statusOf = async (address: string, token?: string) => (await github.api(address, token)).status

test('a fault replaces answers for as many turns as it is given', async () => {
  const token = await github.tokenFor('dana-k')
  await github.control.faults([
    { path: '/github-api/user', status: 503, headers: { 'retry-after': '7' }, body: { message: 'down' }, times: 2 },
  ])
  const first = await github.api('/user', token)
  expect([first.status, first.headers.get('retry-after'), await first.json()]).toEqual([503, '7', { message: 'down' }])
  expect([await statusOf('/user', token), await statusOf('/user', token)]).toEqual([503, 200])
})

test('a fault without a number of turns lasts until it is cleared', async () => {
  await github.control.faults([{ path: '/github-api/', status: 500 }])
  for (let turn = 0; turn < 3; turn += 1) expect(await statusOf('/rate_limit')).toBe(500)
  await github.control.clearFaults()
  expect(await statusOf('/rate_limit')).toBe(200)
})

test('a fault’s path is a prefix or a pattern, with the origin’s prefix or after naming the provider without', async () => {
  const token = await github.tokenFor('dana-k')
  const hits = async (fault: { provider?: string; method?: string; path: string }) => {
    await github.control.clearFaults()
    await github.control.faults([{ ...fault, status: 418 }])
    const addresses = ['/repos/acme/api', '/repos/acme/api/issues', '/repos/acme/web/issues']
    return Promise.all(addresses.map(async (address) => (await statusOf(address, token)) === 418))
  }
  expect(await hits({ path: '/github-api/repos/acme/api' })).toEqual([true, true, false])
  expect(await hits({ path: '/github-api/repos/*/*/issues' })).toEqual([false, true, true])
  expect(await hits({ path: '/github-api/**/issues' })).toEqual([false, true, true])
  expect(await hits({ path: '/repos/acme/web' })).toEqual([false, false, false])
  expect(await hits({ provider: 'github', path: '/repos/acme/web' })).toEqual([false, false, true])
  expect(await hits({ provider: 'slack', path: '/github-api/' })).toEqual([false, false, false])
  expect(await hits({ method: 'POST', path: '/github-api/' })).toEqual([false, false, false])
})

test('a connection can be cut before or after the request took effect', async () => {
  await github.control.set({ provider: 'github', expiringTokens: true })
  const refresh = (value: unknown) =>
    github.tokenCall({ ...CLIENT, grant_type: 'refresh_token', refresh_token: String(value) })
  for (const [drop, survives] of [
    ['before', true],
    [true, true],
    ['after', false],
  ] as const) {
    const { refresh_token } = await github.exchange(await github.codeFor('dana-k'))
    await github.control.faults([{ path: TOKEN_PATH, drop, times: 1 }])
    await expect(refresh(refresh_token)).rejects.toThrow('fetch failed')
    expect((await refresh(refresh_token)).error === undefined).toBe(survives)
  }
})

test('a replaced answer leaves the request without effect, unless the fault comes after it', async () => {
  await github.control.set({ provider: 'github', expiringTokens: true })
  for (const [after, expected] of [
    [false, undefined],
    [true, 'bad_refresh_token'],
  ] as const) {
    const { refresh_token } = await github.exchange(await github.codeFor('dana-k'))
    const fields = { ...CLIENT, grant_type: 'refresh_token', refresh_token: String(refresh_token) }
    await github.control.faults([{ path: TOKEN_PATH, status: 502, after, times: 1 }])
    await expect(github.tokenCall(fields)).rejects.toThrow('502')
    expect((await github.tokenCall(fields)).error).toBe(expected)
  }
})

test('a delay holds the answer back', async () => {
  await github.control.faults([{ path: '/github-api/rate_limit', delayMs: 5_000 }])
  const early = await fetch(`${sandbox.url}/github-api/rate_limit`, { signal: AbortSignal.timeout(50) }).catch(
    (problem: Error) => problem.name,
  )
  expect(early).toBe('TimeoutError')
  await github.control.clearFaults()
  await github.control.faults([{ path: '/github-api/rate_limit', delayMs: 5 }])
  expect(await statusOf('/rate_limit')).toBe(200)
})

test('the log lists requests in order with names of fields, and no secret', async () => {
  const token = await github.tokenFor('dana-k')
  await github.api('/user/repos?per_page=5', token)
  const log = await github.control.log()
  expect(log.map(({ method, path: address, status }) => `${method} ${address} ${status}`)).toEqual([
    'GET /github-web/login/oauth/authorize 200',
    'POST /github-web/login/oauth/authorize 302',
    'POST /github-web/login/oauth/access_token 200',
    'GET /github-api/user/repos 200',
  ])
  expect(log[2]).toMatchObject({ origin: '/github-web', body: ['client_id', 'client_secret', 'code', 'redirect_uri'] })
  expect(log[3]).toMatchObject({
    provider: 'github',
    origin: '/github-api',
    query: ['per_page'],
    account: 'dana-k',
    token: 'gho_…',
  })
  const text = JSON.stringify(log)
  expect(text).not.toContain(token)
  expect(text).not.toContain(CLIENT.client_secret)
})

test('the log tells a refresh by its grant type, and a cut connection by status 0', async () => {
  await github.tokenCall({ ...CLIENT, grant_type: 'refresh_token', refresh_token: 'x' })
  await github.control.faults([{ path: '/github-api/user', drop: true }])
  await github.api('/user').catch(() => null)
  expect(await github.control.log()).toMatchObject([{ grantType: 'refresh_token' }, { status: 0, fault: true }])
  await github.control.clearLog()
  expect(await github.control.log()).toEqual([])
})

test('a reset takes everything back to the start', async () => {
  const token = await github.tokenFor('dana-k')
  await github.control.set({ provider: 'github', coop: true, removeRepository: { owner: 'acme', name: 'web' } })
  await github.control.faults([{ path: '/github-api/', status: 500 }])
  await github.control.clock(86_400)
  await github.control.reset()
  expect(await github.control.log()).toEqual([])
  expect(await statusOf('/user', token)).toBe(401)
  expect(await statusOf('/repos/acme/web')).toBe(200)
  const health = await (await fetch(`${sandbox.url}/__sandbox/health`)).json()
  expect(Math.abs(Date.parse(health.now) - Date.now())).toBeLessThan(60_000)
})

test('control refuses what it does not understand', async () => {
  const nonsense = [
    github.control.set({ provider: 'github', expiringToken: true }),
    github.control.set({ provider: 'gitlab' }),
    github.control.faults([{ path: 'user', status: 500 }]),
    github.control.revoke({ provider: 'github' }),
    github.control.set({ provider: 'github', makePat: { account: 'nobody' } }),
  ]
  for (const call of nonsense) await expect(call).rejects.toThrow(': 400 ')
})

test('control is not for pages of other sites', async () => {
  const reset = (headers: Record<string, string>) =>
    fetch(`${sandbox.url}/__sandbox/reset`, { method: 'POST', headers })
  expect((await reset({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await reset({ origin: 'http://localhost:3000' })).status).toBe(403)
  expect((await reset({ origin: sandbox.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
})

test('the first page says what is served, and anything else is a 404', async () => {
  const index = await (await fetch(sandbox.url)).text()
  expect(index).toContain('https://api.github.com')
  expect((await fetch(`${sandbox.url}/gitlab-api/user`)).status).toBe(404)
})

test('a repository on disk is served as it stands, without what must stay private', async () => {
  const commit = async (files: Record<string, string>, message: string) => {
    for (const [filepath, content] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, filepath)), { recursive: true })
      fs.writeFileSync(path.join(folder, filepath), content)
      await git.add({ fs, dir: folder, filepath, force: true })
    }
    return git.commit({
      fs,
      dir: folder,
      message,
      author: { name: 'Ada', email: 'ada@example.com', timestamp: 1_780_000_000 },
    })
  }
  const blobAt = async (oid: string, filepath: string) => (await git.readBlob({ fs, dir: folder, oid, filepath })).oid
  await git.init({ fs, dir: folder, defaultBranch: 'main' })
  const first = await commit(
    {
      'README.md': '# Hello',
      '.env': 'SECRET=1',
      '.env.local': 'SECRET=2',
      '.env.example': 'SECRET=',
      '.data/keys': 'x',
    },
    'First',
  )
  const dropped = await commit({ 'notes.md': 'never mind' }, 'Dropped')
  const notes = await blobAt(dropped, 'notes.md')
  await git.branch({ fs, dir: folder, ref: 'main', object: first, force: true })

  const base = '/repos/plugboard/plugboard'
  const root: { name: string }[] = await (await github.api(`${base}/contents/`)).json()
  expect(root.map(({ name }) => name)).toEqual(['.env.example', 'README.md'])
  expect(await statusOf(`${base}/contents/.env`)).toBe(404)
  expect(await statusOf(`${base}/contents/.data/keys`)).toBe(404)
  expect(await statusOf(`${base}/git/blobs/${await blobAt(first, 'README.md')}`)).toBe(200)
  expect(await statusOf(`${base}/git/blobs/${await blobAt(first, '.env')}`)).toBe(404)
  expect(await statusOf(`${base}/git/blobs/${notes}`)).toBe(404)
  expect(await statusOf(`${base}/commits/${dropped}`)).toBe(404)

  await commit({ 'docs/new.md': 'fresh' }, 'Second')
  expect(await statusOf(`${base}/contents/docs/new.md`)).toBe(200)
  const found = await (
    await github.api('/search/code?q=fresh+repo:plugboard/plugboard', await github.tokenFor('priya-n'))
  ).json()
  expect(found.items.map((item: { path: string }) => item.path)).toEqual(['docs/new.md'])
})

test('the process starts by itself, says where it is, and ends cleanly when it is told to', async () => {
  const child = spawn(process.execPath, [path.resolve('sandbox/main.ts')], {
    env: { ...process.env, SANDBOX_PORT: '0', APP_URL: `${APP_URL}/` },
  })
  const [line] = await once(child.stdout, 'data')
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line)) ?? []
  expect((await fetch(`${url}/__sandbox/health`)).status).toBe(200)
  const consent = await fetch(githubClient(url).authorizeUrl(), { redirect: 'manual' })
  expect(consent.status).toBe(200)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})
