import 'server-only'
import { FlattenedEncrypt, type FlattenedJWE, flattenedDecrypt } from 'jose'
import { env, type Keyring } from './env.ts'
import { hmacHex } from './hmac.ts'

/** What a sealed value is bound to: it opens only with the same words in the same order (row, field, version). */
export type Binding = readonly (string | number)[]

const bytes = (text: string) => new TextEncoder().encode(text)
const aad = (binding: Binding) => bytes(JSON.stringify(binding))

/** Seals a text as a flattened JWE (RFC 7516: A256GCMKW, A256GCM) whose additional data is `binding`. */
export async function seal(text: string, binding: Binding, keyring: Keyring = env().KEYRING): Promise<string> {
  const [current] = keyring
  if (!current) throw new Error('the keyring is empty')
  const jwe = await new FlattenedEncrypt(bytes(text))
    .setProtectedHeader({ alg: 'A256GCMKW', enc: 'A256GCM', kid: current.kid })
    .setAdditionalAuthenticatedData(aad(binding))
    .encrypt(current.key)
  const { aad: _bound, ...kept } = jwe // the binding is computed again when opening, never taken from the value
  return JSON.stringify(kept)
}

/** Opens what `seal` made for the same binding; null when the key is unknown, the binding differs or it was altered. */
export async function unseal(
  sealed: string,
  binding: Binding,
  keyring: Keyring = env().KEYRING,
): Promise<string | null> {
  try {
    const jwe: FlattenedJWE = JSON.parse(sealed)
    const opened = await flattenedDecrypt(
      { ...jwe, aad: Buffer.from(aad(binding)).toString('base64url') },
      (header) => {
        const known = keyring.find((entry) => entry.kid === header?.kid)
        if (!known) throw new Error('unknown key')
        return known.key
      },
      { keyManagementAlgorithms: ['A256GCMKW'], contentEncryptionAlgorithms: ['A256GCM'] },
    )
    return new TextDecoder().decode(opened.plaintext)
  } catch {
    return null
  }
}

/** What may be stored to recognize a key later without knowing it. */
export const keyFingerprint = (key: Uint8Array): string =>
  hmacHex(Buffer.from(key).toString('base64'), 'plugboard key fingerprint').slice(0, 32)
