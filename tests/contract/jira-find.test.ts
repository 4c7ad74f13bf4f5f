// What a search of Jira's answers beside issues: a refusal in its words, and what is no answer at all.
import { expect, test } from 'vitest'
import { toResource } from '#lib/providers/jira/issue-shape.ts'
import { jiraApi, jiraReader } from '#tests/support/atlassian-api.ts'
import { failed } from '#tests/support/github-api.ts'

const issues = jiraReader('issue')
const SEARCH = 'GET /rest/api/3/search/jql'

test('a list of issues that Jira refuses says why', async () => {
  const said = "The value 'LTH' does not exist for the field 'project'."
  const { api } = await jiraApi({ [SEARCH]: { status: 400, body: { errorMessages: [said], errors: {} } } })
  expect(await issues.list(api, { parent: 'lathe.LTH' })).toEqual({ items: [], message: said })
})

test('an answer that is neither issues nor a refusal is taken for neither', async () => {
  const { api } = await jiraApi({ [SEARCH]: { status: 200, body: { hello: 'world' } } })
  expect((await failed(issues.list(api, { parent: 'lathe.LTH' }))).failure).toBe('unavailable')
})

test('no points are points', async () => {
  const { api } = await jiraApi({})
  const names = { a: 'Story Points', b: 'Story point estimate' }
  const points = (fields: object) => toResource(api, { key: 'LTH-7', names, fields: { ...fields } }).body?.points
  expect([points({ a: 0 }), points({ a: null, b: 3 }), points({})]).toEqual([0, 3, undefined])
})
