import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { withClockShifted } from '#lib/platform/clock.ts'
import { type Limit, spend } from '#lib/platform/rate-limit.ts'
import { limits } from '#lib/tenancy/policy.ts'
import { mailsTo } from '#tests/support/mailbox.ts'
import { api, PASSWORD, person, signIn } from '#tests/support/people.ts'

const run = promisify(execFile)
const quarter = limits.signInByEmail.seconds * 1000

/** The outcomes of tries made by a process of its own. */
async function guessElsewhere(email: string, tries: number): Promise<string[]> {
  const preload = ['--import', './scripts/lib/server-only.mjs', '--disable-warning=ExperimentalWarning']
  const args = [...preload, 'tests/support/guess-passwords.ts', email, String(tries)]
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, LOG_LEVEL: 'silent' } })
  return JSON.parse(stdout)
}

test('two processes share one budget of wrong passwords', async () => {
  const dana = await person('Dana')
  const outcomes = (await Promise.all([guessElsewhere(dana.email, 9), guessElsewhere(dana.email, 9)])).flat()
  expect(outcomes.filter((outcome) => outcome === 'judged')).toHaveLength(limits.signInByEmail.count)
  expect(outcomes.filter((outcome) => outcome === 'too-many-requests')).toHaveLength(18 - limits.signInByEmail.count)
  // and this third one has none left, even with the right password
  const refused = await signIn(dana.email)
  expect(refused.status).toBe(429)
  expect(refused.body).toMatchObject({ type: '/problems/too-many-requests' })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await withClockShifted(quarter + 1000, () => signIn(dana.email))).status).toBe(200)
})

/** Uses up a limit but for the last try, as so many failures would. */
async function nearly(limit: Limit, who: string): Promise<void> {
  for (let n = 1; n < limit.count; n++) await spend(limit, who)
}

test('a right password forgives the wrong ones before it', async () => {
  const dana = await person('Dana')
  for (let n = 0; n < 2; n++) {
    await nearly(limits.signInByEmail, dana.email)
    expect((await signIn(dana.email)).status).toBe(200)
  }
})

test('one address that guesses at many accounts is stopped, and its own sign-ins do not buy it more', async () => {
  const mallory = await person('Mallory')
  const from = (ip: string, password = PASSWORD) => signIn(mallory.email, password, ip)
  const ip = '198.51.100.7'
  await nearly(limits.signInByAddress, ip)
  expect((await from(ip)).status).toBe(200) // a success costs nothing
  expect((await from(ip, 'wrong')).status).toBe(401)
  expect((await from(ip)).status).toBe(429)
  expect((await from('198.51.100.8')).status).toBe(200)
})

test('an address is mailed a few resets an hour, however often they are asked for, and the answer does not tell', async () => {
  const dana = await person('Dana')
  const many = limits.resetByEmail.count + 3
  const answers = await Promise.all(
    Array.from({ length: many }, () => api().post('/api/v1/password-resets', { email: dana.email })),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(many).fill(202))
  const resets = async () => (await mailsTo(dana.email)).filter((text) => text.includes('/reset/')).length
  await expect.poll(resets, { timeout: 5000 }).toBe(limits.resetByEmail.count)
})

test.each([
  ['resets', '/api/v1/password-resets', { email: 'a@b.test' }, limits.resetByAddress],
  ['links of mails', `/api/v1/email-confirmations/${'x'.repeat(43)}`, {}, limits.emailLink],
])('%s are limited by address', async (_, path, body, limit) => {
  const browser = api()
  const statuses: number[] = []
  for (let n = 0; n <= limit.count; n++) statuses.push((await browser.post(path, body)).status)
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  expect(statuses.at(-1)).toBe(429)
})

test('the acceptance of invitations is limited by person', async () => {
  const eve = await person('Eve')
  const accept = () => eve.post(`/api/v1/invitations/${'x'.repeat(43)}/accept`)
  const answers = await Promise.all(Array.from({ length: limits.accept.count + 2 }, accept))
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(2)
})

test('sign-ups are limited by address', async () => {
  const browser = api()
  const tries = Array.from({ length: limits.signUp.count + 1 }, () => browser.post('/api/v1/sign-up', { name: 'N' }))
  expect((await Promise.all(tries)).filter(({ status }) => status === 429)).toHaveLength(1)
})
