import { expect, test } from 'vitest'
import { z } from 'zod'
import { createApi } from '#lib/providers/api.ts'
import { github } from '#lib/providers/github/provider.ts'

const schema = z.unknown()

test('18: an address out of an answer is followed only inside the API that gave it: the credential goes nowhere else', async () => {
  const api = createApi({ provider: github, grant: { token: 'gho_example' }, base: 'https://api.github.com/v3' })
  const foreign = [
    'https://api.github.com.evil.test/v3/user',
    'https://api.github.com@evil.test/v3/user',
    'https://name@api.github.com/v3/user',
    'https://api.github.com:8443/v3/user',
    'http://api.github.com/v3/user',
    'https://api.github.com/v30/user',
    'https://api.github.com/other',
  ]
  for (const address of foreign)
    await expect(api(address, { schema }), address).rejects.toMatchObject({ detail: 'foreign address' })
})
