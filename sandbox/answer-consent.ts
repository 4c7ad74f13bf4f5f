/** Who answers at a consent page, and how. */
export type ConsentAnswer = { account: string; decision?: 'allow' | 'deny'; untick?: readonly string[] }

/** Opens an authorization address, answers the page as a person would, and returns where the browser is sent. */
export async function answerConsent(
  authorizeUrl: string,
  { account, decision = 'allow', untick = [] }: ConsentAnswer,
): Promise<string> {
  const shown = await fetch(authorizeUrl, { redirect: 'manual' })
  const early = shown.headers.get('location')
  if (early !== null) return early
  const html = await shown.text()
  const [, action] = /<form [^>]*action="([^"]+)"/.exec(html) ?? []
  if (!shown.ok || action === undefined) throw new Error(`no consent page: ${shown.status} ${html.slice(0, 200)}`)
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const form = new URLSearchParams({ account, decision })
  for (const [, name = '', value = ''] of hidden) form.set(name, value)
  const ticked = [...html.matchAll(/<input type="checkbox" name="([^"]+)" value="([^"]*)" checked/g)]
  for (const [, name = '', value = ''] of ticked) if (!untick.includes(value)) form.append(name, value)
  const answered = await fetch(new URL(action, authorizeUrl), { method: 'POST', body: form, redirect: 'manual' })
  const location = answered.headers.get('location')
  if (location === null) throw new Error(`consent was not taken: ${answered.status} ${await answered.text()}`)
  return location
}
