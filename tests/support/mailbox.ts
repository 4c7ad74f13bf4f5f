// The mails of this test file: without SMTP_URL they are kept as files in DATA_DIR/mail.
import fs from 'node:fs/promises'
import path from 'node:path'
import PostalMime from 'postal-mime'
import { env } from '#lib/platform/env.ts'

/** The texts of the mails to this address, oldest first. */
export async function mailsTo(email: string): Promise<string[]> {
  const folder = path.join(env().DATA_DIR, 'mail')
  const names = await fs.readdir(folder).catch(() => [])
  const mails = await Promise.all(
    names.sort().map(async (name) => PostalMime.parse(await fs.readFile(path.join(folder, name)))),
  )
  return mails.filter(({ to }) => to?.some(({ address }) => address === email)).map(({ text }) => text ?? '')
}

/** Waits up to five seconds for a mail with a link of this kind and gives the newest link's token. */
export async function linkTo(email: string, kind: 'confirm' | 'reset' | 'invite', after = 0): Promise<string> {
  const until = Date.now() + 5000
  for (;;) {
    const tokens = (await mailsTo(email)).flatMap((text) => new RegExp(`/${kind}/([\\w-]+)`).exec(text)?.[1] ?? [])
    const token = tokens.slice(after).at(-1)
    if (token) return token
    if (Date.now() > until) throw new Error(`no ${kind} mail to ${email}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
