import { expect, test } from 'vitest'
import { mask } from './log.ts'
import { Problem } from './problem.ts'

const secrets = [
  'gho_16C7e42F292c6912E7710c838347Ae178B4a',
  'ghr_1B4a2e77838347a6E420ce178F2E7c6912E169246c34',
  'github_pat_11AAAAAAA0aaaaaaaaaaaaaa',
  'xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy',
  'sntrys_eyJpYXQiOjE3MDAwMDAwMDAuMH0=',
  `sntryi_${'5a11d00d'.repeat(8)}`,
  `sandboxplugbrd.atlasv1.${'plugbrd'.repeat(9)}`,
  'token acme:web:p1Ug90Ard5eCret',
  'sk-or-v1-0123456789abcdef0123456789abcdef',
  'pb_live_a1b2c3d4e5f6a7b8c9d0',
  'Bearer AbCdEf0123456789',
  'eyJhbGciOiJkaXIifQ.abc.def0123456789',
]

test('2: what looks like a secret is masked in any text, at any depth, also inside errors', () => {
  for (const secret of secrets) {
    const error = new Error(`refused ${secret}`, { cause: new Error(secret) })
    const printed = JSON.stringify(mask({ note: `x ${secret} y`, deep: [{ list: [secret] }], error }))
    expect(printed, secret).not.toContain(secret)
    expect(printed).toContain('[hidden]')
  }
})

test('2: fields named like secrets are hidden whatever they hold', () => {
  const named = {
    token: 'plain',
    accessToken: 'plain',
    client_secret: 'plain',
    Authorization: 'plain',
    code: 'plain',
    code_verifier: 'plain',
    state: 'plain',
    password: 'plain',
    sealed: 'plain',
  }
  expect(JSON.stringify(mask(named))).not.toContain('plain')
})

test('2: codes and states in addresses are hidden, the rest of the address stays', () => {
  const printed = mask('GET http://localhost/api/callback/github?code=abc123&state=xyz&page=2')
  expect(printed).toBe('GET http://localhost/api/callback/github?code=[hidden]&state=[hidden]&page=2')
})

test('a problem is logged by its kind, anything else with its stack', () => {
  expect(mask(new Problem('not-found'))).toMatchObject({ kind: 'not-found' })
  expect(mask(new TypeError('x'))).toMatchObject({ type: 'TypeError', stack: expect.stringContaining('log.test') })
})
