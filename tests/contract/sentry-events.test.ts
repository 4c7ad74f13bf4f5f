import { describe, expect, test } from 'vitest'
import { sentryApi, sentryFixture, sentryReader } from '#tests/support/sentry-api.ts'

const events = sentryReader('event')
const at = '/api/0/organizations/lathe'
const exchanges = { ...sentryFixture('issue'), ...sentryFixture('event') }
const EVENT = '0c5e7be1a4d24d5e9b6f10c2a7f3d811'

describe('events', () => {
  test('the latest of an issue is read with where it ran, under its own id', async () => {
    const { api, received } = await sentryApi(exchanges)
    expect(await events.read(api, '7001.latest')).toEqual({
      kind: 'event',
      id: `7001.${EVENT}`,
      title: 'SpindleJam: chuck 4 is closed',
      url: `https://lathe.sentry.io/issues/7001/events/${EVENT}/`,
      parent: '7001',
      container: 'Spindle',
      containerId: '81',
      updatedAt: '2026-11-20T10:11:12.500000Z',
      excerpt: 'chuck::close\nspindle@2.4.0\nproduction',
      body: {
        issue: 'SPINDLE-1F',
        level: 'fatal',
        platform: 'rust',
        release: 'spindle@2.4.0',
        environment: 'production',
        culprit: 'chuck::close',
        tags: [
          { key: 'environment', value: 'production' },
          { key: 'browser', value: 'Firefox 131.0' },
          { key: 'os.name', value: 'Linux' },
        ],
      },
    })
    expect(received.map(({ path }) => path)).toEqual([`${at}/issues/7001/`, `${at}/issues/7001/events/latest/`])
  })

  test('those of an issue are listed, without what each of them carries', async () => {
    const { api, received } = await sentryApi(exchanges)
    const { items, nextCursor } = await events.list(api, { parent: '7001' })
    expect(items).toMatchObject([{ id: `7001.${EVENT}`, body: { release: 'spindle@2.4.0', level: 'fatal' } }])
    expect(nextCursor).toBeUndefined()
    expect(received.at(-1)?.query.get('full')).toBe('false')
    expect(await events.list(api, {})).toEqual({ items: [] })
  })

  test('nothing of whom it happened to is kept: no name, e-mail, IP address or request', async () => {
    const { api } = await sentryApi(exchanges)
    const all = JSON.stringify([await events.read(api, '7001.latest'), await events.list(api, { parent: '7001' })])
    for (const secret of ['ada', 'Ada', '203.0.113', '4711', 'cookie', 'orders', '@customer'])
      expect(all).not.toContain(secret)
  })

  test('one that is gone is not found', async () => {
    const { api } = await sentryApi(exchanges)
    await expect(events.read(api, `7001.${'0'.repeat(32)}`)).rejects.toMatchObject({ failure: 'not_found' })
    await expect(events.read(api, '7009.latest')).rejects.toMatchObject({ failure: 'not_found' })
  })
})
