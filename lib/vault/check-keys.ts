import { unscoped } from '#lib/platform/db.ts'
import { env, type Keyring } from '#lib/platform/env.ts'
import { log } from '#lib/platform/log.ts'
import { keyFingerprint } from '#lib/platform/seal.ts'

/**
 * Holds the keyring against the fingerprints of the keys that sealed what is stored. Throws an Error naming the key when one
 * of the same name is another key, or when none is known; a new key is remembered. Nothing stored is touched.
 */
export async function checkKeys(keyring: Keyring = env().KEYRING): Promise<void> {
  const known = await unscoped().keyFingerprint.findMany()
  for (const { kid, key } of keyring) {
    const seen = known.find((entry) => entry.kid === kid)
    if (seen && seen.fingerprint !== keyFingerprint(key))
      throw new Error(
        `KEYRING: the key "${kid}" is not the key of that name that sealed what is stored ` +
          `(fingerprint ${keyFingerprint(key)}, expected ${seen.fingerprint}). Put the original key back; nothing was changed.`,
      )
  }
  if (known.length > 0 && !known.some(({ kid }) => keyring.some((entry) => entry.kid === kid)))
    throw new Error(
      `KEYRING: none of its keys sealed what is stored (expected one of: ${known.map(({ kid, fingerprint }) => `${kid} ${fingerprint}`).join(', ')}). ` +
        'Put the original key back; nothing was changed.',
    )
  const missing = known.filter(({ kid }) => !keyring.some((entry) => entry.kid === kid))
  if (missing.length > 0) log.warn({ keys: missing.map(({ kid }) => kid) }, 'what these keys sealed cannot be read')
  const added = keyring.filter(({ kid }) => !known.some((entry) => entry.kid === kid))
  await unscoped().keyFingerprint.createMany({
    data: added.map(({ kid, key }) => ({ kid, fingerprint: keyFingerprint(key) })),
    skipDuplicates: true,
  })
}
