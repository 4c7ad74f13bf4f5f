// What the tests of several sources share: each connected without its pages, which are tests of their own.
import type { Page } from '@playwright/test'
import { sandboxClient } from '#tests/support/sandbox.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { callApi, type Org, sandboxUrl } from './support.ts'

/** The accounts that consent for an organization. */
const accounts = { notion: 'dana@acme', slack: 'dana@acme-corp', openrouter: 'acme' }

/** Connects one of the organization's sources as the person of this page; resolves when it is connected. */
export async function connectShared(page: Page, org: Pick<Org, 'api'>, provider: keyof typeof accounts | 'sentry') {
  const slot = 'organization'
  if (provider === 'sentry') {
    const token = await sentryClient(sandboxUrl).tokenFor({ organization: 'acme' })
    const fields = { organization: 'acme', token }
    return callApi(page.request, 'POST', org.api('/connections'), { provider, slot, method: 'api_key', fields })
  }
  const start = await callApi<{ authorizeUrl: string }>(page.request, 'POST', org.api('/connect-attempts'), {
    provider,
    slot,
  })
  const callback = await sandboxClient(sandboxUrl).consent(start.authorizeUrl, { account: accounts[provider] })
  const tab = await page.context().newPage()
  await tab.goto(callback)
  await tab.waitForURL(/\/connect\/result\//)
  await tab.close()
}
