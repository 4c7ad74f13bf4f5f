// What embedded mode keeps between starts: made once, readable by its owner alone.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** The secrets of one DATA_DIR. */
export type Secrets = { authSecret: string; keyring: string; ownerPassword: string; appPassword: string }

/** Reads DATA_DIR/secrets.json; what is missing is made and written first. */
export function readSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, 'secrets.json')
  const before: Partial<Secrets> = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
  const secrets: Secrets = {
    authSecret: randomBytes(32).toString('base64url'),
    keyring: `k1:${randomBytes(32).toString('base64')}`,
    ownerPassword: randomBytes(24).toString('base64url'),
    appPassword: randomBytes(24).toString('base64url'),
    ...before,
  }
  if (Object.keys(secrets).some((name) => !(name in before)))
    writePrivately(file, `${JSON.stringify(secrets, null, 2)}\n`)
  return secrets
}

/** Writes a file that only its owner can read, all of it or nothing. */
function writePrivately(file: string, text: string): void {
  const next = `${file}.${process.pid}`
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const handle = fs.openSync(next, 'w', 0o600)
  fs.writeSync(handle, text)
  fs.fsyncSync(handle) // a keyring lost in a power cut would close every credential
  fs.closeSync(handle)
  fs.renameSync(next, file)
}
