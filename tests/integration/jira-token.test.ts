// quality 27 for the one pasted secret that Atlassian's products take: Jira's API token.
import { expect, test } from 'vitest'
import { ConnectionView } from '#lib/connections/schema.ts'
import { providers } from '#lib/providers/registry.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { DANA, DANAS_TOKEN } from '#tests/support/sandbox-atlassian.ts'
import { ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const paste = (by: Viewer, more: object = {}) =>
  by.post(by.at('connections'), {
    provider: 'jira',
    slot: 'organization',
    method: 'api_token',
    fields: { site: 'acme', email: DANA, token: DANAS_TOKEN },
    ...more,
  })

test('27: a token while Jira does not answer is told as that and kept only when that is said, and shows its last four', async () => {
  const dana = await ownerOf(await newOrganization())
  await sandbox.control.faults([{ provider: 'jira', path: '/**', drop: true }])
  const refused = await paste(dana)
  expect(refused.status).toBe(502)
  expect(JSON.stringify(refused.body)).toContain("didn't answer")
  expect((await dana.get(dana.at('connections'))).body).toMatchObject({ items: [] })
  const { status, body } = await paste(dana, { anyway: true })
  expect(status).toBe(201)
  expect(ConnectionView.parse(body)).toMatchObject({
    status: 'error',
    reasonCode: 'untested',
    verifiedAt: null,
    credential: { endsWith: DANAS_TOKEN.slice(-4) },
  })
  expect(JSON.stringify(body)).not.toContain(DANAS_TOKEN)
})

test('27: Confluence, Google Docs and Notion take no pasted secret', () => {
  const pasted = providers.filter(({ auth }) => auth.some((method) => 'fields' in method)).map(({ id }) => id)
  expect(pasted).toEqual(expect.arrayContaining(['github', 'jira', 'sentry']))
  expect(pasted.filter((id) => ['confluence', 'google-docs', 'notion'].includes(id))).toEqual([])
})
