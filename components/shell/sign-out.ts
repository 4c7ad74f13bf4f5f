/** Ends the session at next-auth's own address and goes to the sign-in page, or where `to` says. Rejects when the server did not do it. */
export async function signOut(to = '/login'): Promise<void> {
  const answer: unknown = await (await fetch('/api/auth/csrf')).json()
  const csrfToken = answer && typeof answer === 'object' && 'csrfToken' in answer ? String(answer.csrfToken) : ''
  const response = await fetch('/api/auth/signout', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, json: 'true' }),
  })
  if (!response.ok) throw new Error(`sign-out answered ${response.status}`)
  location.assign(to)
}
