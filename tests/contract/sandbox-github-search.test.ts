import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { githubClient } from '#tests/support/sandbox-github.ts'

const github = await newSandbox(githubClient)
let token: string

beforeEach(async () => {
  token = await github.tokenFor('dana-k')
})

const search = (kind: string, q: string, more: Record<string, string> = {}, as = token, headers = {}) =>
  github.api(`/search/${kind}?${new URLSearchParams({ q, ...more })}`, as, headers)
const code = async (q: string, as = token): Promise<string[]> => {
  const { items }: { items: { path: string; repository: { full_name: string } }[] } = await (
    await search('code', q, { per_page: '100' }, as)
  ).json()
  return items.map(({ path, repository }) => `${repository.full_name}:${path}`)
}
const issues = async (q: string, as = token): Promise<number[]> => {
  const { items }: { items: { number: number }[] } = await (await search('issues', q, {}, as)).json()
  return items.map(({ number }) => number).sort((a, b) => a - b)
}

test('code is found in every repository that the person sees, the file named after it first', async () => {
  expect((await code('backoff'))[0]).toMatch(/^acme\/api:src\/queue\//)
  expect(await code('backoff')).toContain('acme/api:src/queue/worker.ts')
  expect(await code('idempotency-key')).toEqual(['acme/api:docs/api.md', 'acme/web:src/cart/checkout.ts'])
  expect(await code('backoff', await github.tokenFor('priya-n'))).toEqual([])
})

test('code search reads default branches only', async () => {
  expect(await code('answerOnce repo:acme/api')).toEqual([])
})

test('code search needs one plain term', async () => {
  const refused = await search('code', 'repo:acme/api language:ts')
  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({
    message: 'Validation Failed',
    errors: [{ resource: 'Search', field: 'q' }],
  })
  expect((await search('code', '')).status).toBe(422)
  expect((await search('code', 'x'.repeat(257))).status).toBe(422)
})

test('code search is narrowed by repository, owner, language, path, file name and ending', async () => {
  expect(await code('hourly_rate org:acme language:python')).toEqual([
    'acme/payroll:payroll/gross.py',
    'acme/payroll:payroll/agreement.py',
  ])
  expect(await code('module repo:acme/infra path:environments/staging')).toEqual([
    'acme/infra:environments/staging/main.tf',
  ])
  expect(await code('cidr extension:tf filename:main repo:acme/infra -path:modules')).toEqual([
    'acme/infra:environments/production/main.tf',
    'acme/infra:environments/staging/main.tf',
  ])
  expect(await code('"full jitter"')).toEqual(['acme/api:src/queue/retry.ts'])
  expect(await code('luminance user:priya-n')).toEqual(['priya-n/palette:src/contrast.ts'])
})

test('files of 384 KB and more are not searched', async () => {
  expect(await code('catalogue in:path repo:acme/web')).toEqual([])
})

test('code search needs a signed-in person', async () => {
  expect((await github.api('/search/code?q=backoff')).status).toBe(401)
})

test('naming a repository that the person does not see is a 422, whether it exists or not', async () => {
  const sam = await github.tokenFor('sam-o')
  expect((await search('code', 'rate repo:acme/payroll', {}, sam)).status).toBe(422)
  expect((await search('code', 'rate repo:acme/nothing', {}, sam)).status).toBe(422)
  expect((await search('code', 'rate repo:acme/payroll')).status).toBe(200)
})

test('matches are shown on request, at their place in a piece of the file', async () => {
  const plain = await (await search('code', 'jitter repo:acme/api')).json()
  expect(plain.items[0]).not.toHaveProperty('text_matches')
  const accept = { accept: 'application/vnd.github.text-match+json' }
  const { items } = await (await search('code', 'jitter repo:acme/api', {}, token, accept)).json()
  const [{ fragment, matches, property }] = items[0].text_matches
  const [from, to] = matches[0].indices
  expect([property, matches[0].text, fragment.slice(from, to)]).toEqual(['content', 'jitter', 'jitter'])
})

test('issues are found by words and qualifiers in the repositories that the person sees', async () => {
  expect(await issues('backoff is:pr repo:acme/api')).toEqual([7])
  expect(await issues('repo:acme/api is:issue state:open label:security')).toEqual([13, 15])
  expect(await issues('repo:acme/api is:draft')).toEqual([14])
  expect(await issues('repo:acme/api is:merged author:sam-o')).toEqual([7])
  expect(await issues('repo:acme/api is:open updated:>=2026-05-28 -label:bug')).toEqual([14])
  expect(await issues('salary')).toEqual([1])
  expect(await issues('salary', await github.tokenFor('sam-o'))).toEqual([])
})

test('repositories are found by name, description, topic and language', async () => {
  const found = async (q: string) => {
    const { items }: { items: { full_name: string }[] } = await (await search('repositories', q)).json()
    return items.map(({ full_name }) => full_name).sort()
  }
  expect(await found('payroll')).toEqual(['acme/payroll'])
  expect(await found('org:acme language:hcl')).toEqual(['acme/infra'])
  expect(await found('topic:postgresql')).toEqual(['acme/api'])
  expect(await found('org:acme is:public')).toEqual(['acme/handbook', 'acme/web'])
})

test('search results come in pages', async () => {
  const response = await search('issues', 'repo:acme/api', { per_page: '4', page: '2' })
  const body = await response.json()
  expect([body.total_count, body.items.length, body.incomplete_results]).toEqual([15, 4, false])
  expect(response.headers.get('link')).toContain(
    '/github-api/search/issues?q=repo%3Aacme%2Fapi&per_page=4&page=3>; rel="next"',
  )
  expect((await search('issues', 'repo:acme/api', { per_page: '100', page: '11' })).status).toBe(422)
})
