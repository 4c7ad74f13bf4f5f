import { expect, test } from 'vitest'
import { github } from '#lib/providers/github/provider.ts'
import { endGrant } from './end-grant.ts'

test('where a token may take its whole grant along, nothing is asked while another connection lives on it', async () => {
  const provider = { ...github, leave: { ...github.leave, revoke: 'rfc7009' as const } } // as const: the word
  const token = { provider, method: 'oauth2', grant: { token: 'gho_1' } }
  expect(await endGrant(token, false)).toEqual({ ended: 'kept', status: null })
})
