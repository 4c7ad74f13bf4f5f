import { expect, test } from 'vitest'
import { describeAttempt } from './describe.ts'

const attempt = {
  id: '01990000-0000-7000-8000-000000000001',
  organizationId: '01990000-0000-7000-8000-000000000002',
  userId: '01990000-0000-7000-8000-000000000003',
  provider: 'slack',
  client: 'slack',
  slot: 'organization',
  method: 'oauth2',
  connectionId: null,
  also: [],
  status: 'failed',
  problem: 'authorize_refused',
  problemDetail: {},
  stateHash: null,
  verifier: null,
  scopes: [],
  redirectUri: 'http://localhost:3000/api/callback/slack',
  browserHash: null,
  sessionId: null,
  choices: null,
  grant: null,
  resultId: null,
  createdAt: new Date(),
  expiresAt: new Date(Date.now() + 600_000),
  consumedAt: null,
  endedAt: new Date(),
}

test.each(['constructor', 'toString', 'valueOf'])('a provider’s error code is a code, also %s', (code) => {
  expect(describeAttempt({ ...attempt, problemDetail: { code } }).problem).toEqual({
    kind: 'authorize_refused',
    code,
    detail: `Slack didn't go ahead (${code}). Connect again.`,
  })
})
