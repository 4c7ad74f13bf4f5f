import 'server-only'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport } from 'nodemailer'
import { now } from './clock.ts'
import { env } from './env.ts'

const PATIENCE_MS = 10_000

export type Mail = { to: string; subject: string; text: string }

/** Sends a mail by SMTP_URL; without one it is kept as DATA_DIR/mail/<time>-<n>.eml, to be read at /dev/mail. */
export async function sendMail(mail: Mail): Promise<void> {
  const { SMTP_URL, MAIL_FROM, DATA_DIR } = env()
  const message = { from: MAIL_FROM, ...mail }
  if (SMTP_URL) {
    // somebody waits for the answer meanwhile: nodemailer alone would let a dead server hold them for two minutes
    const transport = createTransport({ url: SMTP_URL, connectionTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS })
    await transport.sendMail(message)
    return transport.close()
  }
  const written = await createTransport({ streamTransport: true, buffer: true }).sendMail(message)
  const folder = path.join(DATA_DIR, 'mail')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = `${now().toISOString().replace(/[:.]/g, '-')}-${crypto.randomUUID().slice(0, 8)}.eml`
  await writeFile(path.join(folder, name), written.message as Buffer, { mode: 0o600 }) // `buffer: true` makes it one
}
