import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { env } from './env.ts'

/** A mail that was kept instead of sent; `name` is its file's. */
export type KeptMail = { name: string; to: string; subject: string; sentAt: string; text: string }

const folder = () => path.join(env().DATA_DIR, 'mail')
const named = /^[\w-]+\.eml$/

/** The mails that were kept, newest first, at most a hundred; null outside embedded mode, where they are nobody's to read here. */
export async function readMails(): Promise<KeptMail[] | null> {
  if (!env().EMBEDDED) return null
  const names = await readdir(folder()).catch((): string[] => [])
  const newest = names
    .filter((name) => named.test(name))
    .sort()
    .reverse()
    .slice(0, 100)
  return Promise.all(newest.map(async (name) => parse(name, await readFile(path.join(folder(), name), 'utf8'))))
}

/** The parts of a mail that sendMail wrote: one body of plain text (RFC 5322, RFC 2045 s.6.7). */
function parse(name: string, raw: string): KeptMail {
  const end = raw.search(/\r?\n\r?\n/)
  const head = raw.slice(0, end).replace(/\r?\n[ \t]+/g, ' ')
  const header = (wanted: string) => new RegExp(`^${wanted}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? ''
  const body = raw.slice(end).trim()
  const encoding = header('Content-Transfer-Encoding').toLowerCase()
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : encoding === 'quoted-printable'
        ? fromQuotedPrintable(body)
        : body
  return { name, to: header('To'), subject: fromWords(header('Subject')), sentAt: header('Date'), text }
}

function fromQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** A header with other letters than ASCII (RFC 2047). */
const fromWords = (text: string): string =>
  text.replace(/=\?utf-8\?([QB])\?(.*?)\?=\s?/gi, (_, how: string, value: string) =>
    how.toUpperCase() === 'B'
      ? Buffer.from(value, 'base64').toString('utf8')
      : fromQuotedPrintable(value.replaceAll('_', ' ')),
  )
