import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { differences } from '#tests/support/answer-shape.ts'
import { newReceiver } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { bitbucketClient } from '#tests/support/sandbox-bitbucket.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/bitbucket')
const areMissing = !existsSync(EXAMPLES)
const app = await newReceiver()
const bitbucket = await newSandbox(bitbucketClient, app.url)

// What Bitbucket's examples have and not every answer has: older examples leave out what newer answers have, and none
// shows how a page follows on another.
const OPTIONAL = [/^(next|previous)$/, /\buser\.nickname$/]

const MOBILE = '/repositories/acme/orders-mobile'
const CASES: [name: string, address: string, optional?: RegExp[]][] = [
  ['get-user', '/user'],
  ['get-workspace', '/workspaces/acme'],
  ['list-user-workspaces', '/user/workspaces'],
  ['list-workspace-members', '/workspaces/acme/members'],
  ['list-projects', '/workspaces/acme/projects'],
  // Written by hand, these two name the links of no one.
  ['workspace-permissions', '/workspaces/acme/permissions', [/\.links\b/, /\.account_id$/]],
  ['workspace-repo-permissions', '/workspaces/acme/permissions/repositories', [/\.links\b/, /\.account_id$/]],
  ['list-repositories', '/repositories/acme?pagelen=100'],
  ['get-repository', MOBILE],
  ['list-branches', `${MOBILE}/refs/branches`],
  ['get-branch', `${MOBILE}/refs/branches/feature/backoff`, [/^type$/]],
  ['list-branches-empty', '/repositories/acme/courier-portal/refs/branches'],
  ['list-commits-empty', '/repositories/acme/courier-portal/commits'],
  ['list-pullrequests-empty', '/repositories/acme/courier-portal/pullrequests'],
  ['get-commit', `${MOBILE}/commit/{commit}`],
  ['src-directory-listing', `${MOBILE}/src/main/src/`, [/^(page|size)$/]],
  ['src-file-meta', `${MOBILE}/src/main/README.md?format=meta`],
  ['search-code', '/workspaces/acme/search/code?search_query=queue'],
  ['create-pullrequest', `${MOBILE}/pullrequests/4`, [/\bsource\.branch\.(links|sync_strategies)\b/]],
  ['list-hook-events', '/hook_events/repository'],
  ['hook-event-subjects', '/hook_events'],
  ['error-410-cross-workspace', '/workspaces'],
]

const example = (name: string): { status: number; body: unknown } =>
  JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8'))

test.skipIf(areMissing).each(CASES)(
  '%s has the fields and types of Bitbucket’s own answer (skipped where the examples are not at hand)',
  async (name, address, optional = []) => {
    const dana = await bitbucket.tokenFor(undefined, {
      scopes: ['user', 'workspace', 'project', 'repository', 'pullrequest'].map((one) => `read:${one}:bitbucket`),
    })
    const [{ hash }] = await bitbucket.values(`${MOBILE}/commits/main`, dana)
    const response = await bitbucket.api(address.replace('{commit}', hash), dana)
    const { status, body } = example(name)
    expect(response.status).toBe(status)
    expect(differences(body, await response.json(), [...OPTIONAL, ...optional])).toEqual([])
  },
)

test.skipIf(areMissing)(
  'refusals are word for word those that were seen (skipped where the examples are not at hand)',
  async () => {
    const wrong = await bitbucket.api('/user', { email: 'dana@acme.example', token: 'ATATT3wrong' })
    expect(example('error-401-token-invalid')).toMatchObject({ status: wrong.status, body: await wrong.json() })
    const outside = await bitbucket.api(`${bitbucket.base}/user`)
    const { status, body } = example('error-403-forbidden')
    expect([outside.status, await outside.json()]).toEqual([status, body])
    const gone = await bitbucket.api('/workspaces')
    expect(await gone.json()).toEqual(example('error-410-cross-workspace').body)
  },
)

test.skipIf(areMissing)(
  'hooks have the fields of those that were seen (skipped where the examples are not at hand)',
  async () => {
    const dana = await bitbucket.tokenFor()
    const hook = { description: 'Plugboard', url: `${app.url}/hook`, active: true, events: ['repo:push'] }
    const made = await (await bitbucket.send('POST', `${MOBILE}/hooks`, hook, dana)).json()
    expect(differences(example('create-webhook').body, made, [])).toEqual([])
    const listed = await (await bitbucket.api(`${MOBILE}/hooks`, dana)).json()
    expect(differences(example('list-webhooks').body, listed, [])).toEqual([])
    const changed = await bitbucket.send('PUT', `${MOBILE}/hooks/${encodeURIComponent(made.uuid)}`, hook, dana)
    expect(differences(example('update-webhook').body, await changed.json(), [])).toEqual([])
  },
)

const EVENTS: [event: string, number?: number][] = [
  ['repo:push'],
  ['repo:updated'],
  ['pullrequest:created', 4],
  ['pullrequest:updated', 3],
  ['pullrequest:fulfilled', 1],
]

test.skipIf(areMissing).each(EVENTS)(
  'a delivery of %s has the headers and fields of one that was seen (skipped where the examples are not at hand)',
  async (event, number) => {
    await bitbucket.control.webhook('bitbucket', {
      repository: 'acme/orders-mobile',
      event,
      number,
      subscription: 'one',
    })
    const seen: { request: { headers: Record<string, string> }; body: unknown } = JSON.parse(
      readFileSync(path.join(EXAMPLES, `webhook-${event.replace(':', '-')}.json`), 'utf8'),
    )
    const [delivery] = app.received
    const names = Object.keys(seen.request.headers).map((name) => name.toLowerCase())
    expect(Object.keys(delivery?.headers ?? {})).toEqual(expect.arrayContaining(names))
    // The deliveries that were seen are older than drafts and queued merges.
    const newer = [/^pullrequest\.(draft|queued)$/, /^pullrequest\.(reviewers|participants)\b/]
    expect(differences(seen.body, JSON.parse(delivery?.body ?? ''), newer)).toEqual([])
  },
)
