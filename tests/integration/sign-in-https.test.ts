// The environment is parsed at the first import, so this comes before any of ours.
process.env.APP_URL = 'https://plugboard.test'
process.env.NEXTAUTH_URL = 'https://plugboard.test'
const { api, person, signIn } = await import('#tests/support/people.ts')
const { expect, test } = await import('vitest')

test('28: with an https address every cookie is Secure and carries the __Host- prefix', async () => {
  const dana = await person('Dana')
  const signedIn = await signIn(dana.email)
  expect(signedIn.status).toBe(200)
  const cookies = signedIn.headers.getSetCookie()
  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies) expect(cookie).toMatch(/^__Host-pb_\w+=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/)
  expect((await api(signedIn.cookie).get('/api/v1/me')).status).toBe(200)
  const changed = await api(signedIn.cookie).patch('/api/v1/me', {
    password: { current: dana.password, next: 'another password' },
  })
  expect(changed.headers.get('set-cookie')).toMatch(/^__Host-pb_session=.*; Path=\/; HttpOnly; SameSite=Lax; .*Secure$/)
})
