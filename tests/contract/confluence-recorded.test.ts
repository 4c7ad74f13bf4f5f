import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { confluence } from '#lib/providers/confluence/provider.ts'
import { jira } from '#lib/providers/jira/provider.ts'
import { confluenceApi, jiraApi } from '#tests/support/atlassian-api.ts'

// Answers of the real service, kept outside the project: <provider>/<name>.json, each { status, headers, body },
// beside the checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for them.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/confluence`
const isAbsent = !existsSync(folder)

describe('answers of the real service', () => {
  test.skipIf(isAbsent)('a site with Confluence alone is one of Confluence’s and none of Jira’s', async () => {
    const { body } = JSON.parse(readFileSync(`${folder}/accessible-resources-confluence-site.json`, 'utf8'))
    const sites = { 'GET /oauth/token/accessible-resources': { body } }
    const [wiki, work] = [await confluenceApi(sites), await jiraApi(sites)]
    expect(await confluence.sites?.(wiki.api)).toMatchObject([{ id: '1324a887-45db-1bf4-1e99-ef0ff456d421' }])
    expect(await jira.sites?.(work.api)).toEqual([])
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    expect(readdirSync(folder)).toEqual(['accessible-resources-confluence-site.json'])
  })
})
