import { randomBytes, scrypt } from 'node:crypto'
import { safeEqual } from '#lib/platform/hmac.ts'

/** One of the settings that OWASP's Password Storage Cheat Sheet gives for scrypt; 16 MB and some 150 ms a hash. */
const cost = { ln: 14, r: 8, p: 5 }
const KEY_BYTES = 32
const shape = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/

function derive(password: string, salt: Buffer, { ln, r, p }: typeof cost): Promise<Buffer> {
  const options = { N: 2 ** ln, r, p, maxmem: 256 * 2 ** ln * r }
  // the same letters can be typed as different code points (NIST SP 800-63B, 3.1.1.2)
  const typed = password.normalize('NFKC')
  return new Promise((resolve, reject) =>
    scrypt(typed, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key))),
  )
}

/** The password as it may be kept: scrypt with a salt of its own, and the settings beside it. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  const { ln, r, p } = cost
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** A hash nobody has the password of, so that an unknown person costs as much work as a known one. */
const nobody = `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Whether the password is the one behind `hash`; the same work is done where there is none. */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const [, ln, r, p, salt = '', key = ''] = shape.exec(hash ?? nobody) ?? []
  const found = await derive(password, Buffer.from(salt, 'base64url'), { ln: Number(ln), r: Number(r), p: Number(p) })
  return safeEqual(found, Buffer.from(key, 'base64url')) && hash !== null
}
