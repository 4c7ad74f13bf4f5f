import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createApi } from '#lib/providers/api.ts'
import { zoom } from '#lib/providers/zoom/provider.ts'
import { failed } from '#tests/support/github-api.ts'
import { serve } from '#tests/support/loopback.ts'
import { refused } from '#tests/support/zoom-api.ts'

const busy = { ...refused(429, 429), headers: { 'x-ratelimit-type': 'QPS' } }

/** Zoom that has too much to do for so many calls; `asked` are the paths of all, as they came. */
async function busyFor(turns: number) {
  const asked: string[] = []
  const { url } = await serve(({ path }) => {
    asked.push(path)
    return asked.length <= turns ? busy : { body: { path } }
  })
  const grant = { token: `of ${url}` }
  // each piece of work has an API of its own to the same account
  const ask = (path: string) => createApi({ provider: zoom, grant, base: url })(path, { schema: z.unknown() })
  return { asked, ask }
}

test('a limit of one second is waited out once, and a second one is told', async () => {
  const once = await busyFor(1)
  expect(await once.ask('/users/me')).toEqual({ path: '/users/me' })
  expect(once.asked).toHaveLength(2)
  const twice = await busyFor(2)
  expect(await failed(twice.ask('/users/me'))).toMatchObject({ failure: 'rate_limited', retryAt: expect.any(Date) })
  expect(twice.asked).toHaveLength(2)
})

test('calls that were too many in a second do not come back as a burst, and a new one lets them go first', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const { asked, ask } = await busyFor(3)
  const many = ['/1', '/2', '/3'].map(ask)
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(3), { timeout: 20_000 })
  expect(asked.length, 'not all of them at once').toBeLessThan(6)
  await Promise.all([...many, ask('/late')])
  expect(asked.slice(3, 6).toSorted()).toEqual(['/1', '/2', '/3'])
  expect(asked.slice(6)).toEqual(['/late'])
  vi.restoreAllMocks()
})
