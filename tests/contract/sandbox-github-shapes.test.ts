import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CLIENT, githubClient } from '#tests/support/sandbox-github.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/github')
const areMissing = !existsSync(EXAMPLES)

const github = await newSandbox(githubClient)
let token: string

beforeEach(async () => {
  token = await github.tokenFor('dana-k')
})

type Shape = Map<string, Set<string>>

// Fields of GitHub's examples that not every answer of its API has: the examples disagree among themselves about the
// settings of a repository, and the simulated data has no forks and no issue types.
const OPTIONAL = [
  /^(parent|source)\b/,
  /\b(allow_\w+|delete_branch_on_merge|template_repository|temp_clone_token|subscribers_count|network_count)$/,
  /\b(has_discussions|security_and_analysis|master_branch)\b/,
  /^language$/,
  /^\[\]\.(license|forks|open_issues|watchers)$/,
  /^(\[\]\.)?(base|head)\.repo\.(is_template|visibility)$/,
  /^items\[\]\.(is_template|topics|permissions)\b/,
  /^items\[\]\.(type|assignees|active_lock_reason|closed_by|pinned_comment)\b/,
  /^items\[\]\.labels\[\]\.(description|default)$/,
  /^\[\]\.protection\.(enabled|required_status_checks\.checks)$/,
  /\bparents\[\]\.html_url$/,
  /^files\[\]\.sha$/,
]

/** Every field of a JSON value by its path, with the types seen there; lists are one step, written `[]`. */
function shapeOf(value: unknown, at = '', shape: Shape = new Map()): Shape {
  const type = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
  if (at !== '') shape.set(at, (shape.get(at) ?? new Set<string>()).add(type))
  if (Array.isArray(value)) for (const item of value) shapeOf(item, `${at}[]`, shape)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) shapeOf(inner, at === '' ? key : `${at}.${key}`, shape)
  }
  return shape
}

/** Fields that one side has and the other has not, and fields whose types have nothing in common. */
function differences(example: unknown, answer: unknown): string[] {
  const [wanted, given] = [shapeOf(example), shapeOf(answer)]
  const isNullAbove = (field: string) =>
    [...wanted, ...given].some(([at, types]) => types.has('null') && field.startsWith(`${at}.`))
  const isBelowEmpty = (field: string) =>
    [...given].some(([at, types]) => types.has('list') && field.startsWith(`${at}[]`) && !given.has(`${at}[]`))
  const skipped = (field: string) =>
    OPTIONAL.some((one) => one.test(field)) || isNullAbove(field) || isBelowEmpty(field)
  const missing = [...wanted.keys()]
    .filter((field) => !given.has(field) && !skipped(field))
    .map((field) => `missing ${field}`)
  const extra = [...given.keys()]
    .filter((field) => !wanted.has(field) && !skipped(field))
    .map((field) => `extra ${field}`)
  const retyped = [...wanted].flatMap(([field, types]) => {
    const own = given.get(field)
    const isAlike = !own || types.has('null') || own.has('null') || [...types].some((type) => own.has(type))
    return isAlike ? [] : [`${field}: ${[...types].join()} became ${[...(own ?? [])].join()}`]
  })
  return [...missing, ...extra, ...retyped]
}

const example = (name: string): { status: number; body: unknown } =>
  JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8'))

const CASES: [name: string, address: string][] = [
  ['get-user', '/user'],
  ['list-user-emails', '/user/emails'],
  ['list-user-orgs', '/user/orgs'],
  ['list-org-members', '/orgs/acme/members'],
  ['list-user-repos', '/user/repos'],
  ['list-org-repos', '/orgs/acme/repos'],
  ['get-repo', '/repos/acme/api'],
  ['list-branches', '/repos/acme/api/branches'],
  ['get-branch', '/repos/acme/api/branches/main'],
  ['get-contents-file', '/repos/acme/api/contents/README.md'],
  ['get-readme', '/repos/acme/api/readme'],
  ['get-contents-directory', '/repos/acme/api/contents/src'],
  ['recorded-get-content-0', '/repos/acme/handbook/contents/'],
  ['get-contents-symlink', '/repos/acme/api/contents/infra/kubernetes/current'],
  ['get-contents-submodule', '/repos/acme/api/contents/vendor/carrier-schemas'],
  ['get-tree', '/repos/acme/handbook/git/trees/main'],
  ['get-tree-recursive', '/repos/acme/handbook/git/trees/main?recursive=1'],
  ['list-commits', '/repos/acme/api/commits'],
  ['get-commit', '/repos/acme/api/commits/main'],
  ['list-issues', '/repos/acme/api/issues'],
  ['list-pulls', '/repos/acme/api/pulls'],
  ['get-pull', '/repos/acme/api/pulls/11'],
  ['search-code', '/search/code?q=backoff'],
  ['search-issues', '/search/issues?q=backoff'],
  ['search-repositories', '/search/repositories?q=org:acme'],
]

test.skipIf(areMissing).each(CASES)(
  '%s has the fields and types of GitHub’s own example (skipped where the examples are not at hand)',
  async (name, address) => {
    const wide = await github.tokenFor('dana-k', { scope: 'repo user read:org' })
    const response = await github.api(address, wide)
    const { status, body } = example(name)
    expect(response.status).toBe(status)
    expect(differences(body, await response.json())).toEqual([])
  },
)

test.skipIf(areMissing)(
  'without the scope to read it, the private part of a profile is left out (skipped where the examples are not at hand)',
  async () => {
    const narrow = await github.tokenFor('dana-k', { scope: 'repo' })
    expect(differences(example('get-user-public-only').body, await (await github.api('/user', narrow)).json())).toEqual(
      [],
    )
  },
)

test.skipIf(areMissing)(
  'a blob has the fields of GitHub’s own example (skipped where the examples are not at hand)',
  async () => {
    const { sha } = await (await github.api('/repos/acme/api/contents/README.md', token)).json()
    const blob = await (await github.api(`/repos/acme/api/git/blobs/${sha}`, token)).json()
    expect(differences(example('get-blob').body, blob)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'token answers and errors are GitHub’s own, word for word (skipped where the examples are not at hand)',
  async () => {
    const body = (name: string) => example(`oauth-token-error-${name}`).body
    expect(await github.exchange('0'.repeat(20))).toEqual(body('bad-verification-code'))
    expect(await github.exchange('0'.repeat(20), { client_secret: 'wrong' })).toEqual(
      body('incorrect-client-credentials'),
    )
    expect(await github.exchange(await github.codeFor('dana-k'), { redirect_uri: 'https://a.example' })).toEqual(
      body('redirect-uri-mismatch'),
    )
    await github.control.set({ provider: 'github', account: { login: 'new-here', emailVerified: false } })
    expect(await github.exchange(await github.codeFor('new-here'))).toEqual(body('unverified-user-email'))
    expect(
      differences(example('oauth-token-success').body, await github.exchange(await github.codeFor('dana-k'))),
    ).toEqual([])
    await github.control.set({ provider: 'github', expiringTokens: true })
    const { refresh_token } = await github.exchange(await github.codeFor('dana-k'))
    const refreshed = await github.tokenCall({
      ...CLIENT,
      grant_type: 'refresh_token',
      refresh_token: String(refresh_token),
    })
    expect(differences(example('oauth-refresh-token').body, refreshed)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'the check of a token and the limits have the fields of GitHub’s own examples (skipped where the examples are not at hand)',
  async () => {
    const check = await (await github.asApp('POST', `${CLIENT.client_id}/token`, { access_token: token })).json()
    expect(differences(example('check-token').body, check)).toEqual([])
    const limits = await (await github.api('/rate_limit', token)).json()
    const { resources, rate } = example('rate-limit').body as { resources: Record<string, unknown>; rate: unknown } // the example's own fields
    expect(
      differences(
        {
          core: resources.core,
          search: resources.search,
          code_search: resources.code_search,
          graphql: resources.graphql,
        },
        limits.resources,
      ),
    ).toEqual([])
    expect(differences(rate, limits.rate)).toEqual([])
  },
)

test.skipIf(areMissing)(
  'an organization’s restriction is told in GitHub’s own words (skipped where the examples are not at hand)',
  async () => {
    await github.control.set({ provider: 'github', restrictedOrgs: ['acme'] })
    const { message } = await (await github.api('/repos/acme/api', token)).json()
    const real = example('error-403-oauth-app-restrictions').body as { message: string } // the example's own field
    expect(message).toBe(real.message.replace('unit-mesh', 'acme'))
  },
)
