import { describe, expect, test } from 'vitest'
import { authorizeUrl } from '#lib/oauth/authorize-url.ts'
import { readCallback } from '#lib/oauth/callback.ts'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { refreshGrant } from '#lib/oauth/refresh.ts'
import { compareScopes } from '#lib/oauth/scopes.ts'
import { createApi } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { DRIVE, oauth } from '#lib/providers/google-docs/oauth.ts'
import { googleDocs } from '#lib/providers/google-docs/provider.ts'
import { failed, titles } from '#tests/support/github-api.ts'
import { googleReader } from '#tests/support/google-api.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CHALLENGE, CLIENT, DANA, googleClient, REDIRECT_URI, VERIFIER } from '#tests/support/sandbox-google.ts'

const client = await newSandbox(googleClient)

const [documents, searches] = ['document', 'document_search'].map(googleReader)
if (!documents || !searches) throw new Error('a reader is missing')

const endpoints = () => {
  const home = (name: string) => `${client.url}/google-${name}`
  return googleDocs.endpoints(
    { accounts: home('accounts'), oauth: home('oauth'), api: home('api'), docs: home('docs') },
    {},
  )
}
const us = { id: CLIENT.client_id, secret: CLIENT.client_secret }

function open(grant: Grant): Api {
  const { api: base, elsewhere = '' } = endpoints()
  return createApi({ provider: googleDocs, grant, base, elsewhere })
}

/** What comes back from Google's page, as the product asks there. */
async function consented(account = DANA, untick: readonly string[] = []): Promise<URL> {
  const asked = authorizeUrl({
    endpoint: endpoints().authorize ?? '',
    method: oauth,
    clientId: us.id,
    redirectUri: REDIRECT_URI,
    state: 'st4te',
    challenge: CHALLENGE,
    scopes: oauth.scopes,
  })
  return new URL(await client.consent(asked, { account, untick }))
}

async function connected(account = DANA, untick: readonly string[] = []): Promise<Grant> {
  const code = (await consented(account, untick)).searchParams.get('code') ?? ''
  const endpoint = endpoints().token ?? ''
  return exchangeCode({ method: oauth, endpoint, client: us, redirectUri: REDIRECT_URI, code, verifier: VERIFIER })
}

const missingIn = ({ scopes = [] }: Grant) =>
  compareScopes(
    oauth.scopes,
    oauth.scopes.map(({ name }) => name),
    scopes,
  )

describe('a consent', () => {
  test('gives a refresh token, the second time too, and everything that was asked for under Google’s names', async () => {
    for (const _ of [1, 2]) {
      const grant = await connected()
      expect(grant.refreshToken).toMatch(/./)
      expect(missingIn(grant)).toEqual({ missing: [], missingRequired: [], extra: [] })
    }
  })

  test('is of the account whose address it is; another one is another', async () => {
    const [dana, sam] = [await connected(), await connected('sam@acme.example')]
    const identity = await googleDocs.identify(open(dana), dana)
    expect(identity.label).toBe(DANA)
    expect((await googleDocs.identify(open(await connected()), dana)).id).toBe(identity.id)
    expect((await googleDocs.identify(open(sam), sam)).id).not.toBe(identity.id)
  })

  test('without the box for Drive names its account, misses Drive, and opens nothing', async () => {
    const grant = await connected(DANA, [DRIVE])
    expect(missingIn(grant).missingRequired).toEqual([DRIVE])
    expect((await googleDocs.identify(open(grant), grant)).label).toBe(DANA)
    expect((await failed(documents.list(open(grant), {}))).failure).toBe('scope')
  })

  test('comes back with the issuer that Google names, and an answer of another’s is refused', async () => {
    const back = await consented()
    const { issuer = '' } = endpoints()
    expect(back.searchParams.get('iss')).toBe(issuer)
    expect(readCallback(back, { issuer })).toMatchObject({ kind: 'code' })
    back.searchParams.set('iss', 'https://accounts.evil.example')
    expect(readCallback(back, { issuer })).toEqual({ kind: 'error', code: 'issuer_mismatch' })
  })

  test('a code is traded once, and only with its verifier', async () => {
    const code = (await consented()).searchParams.get('code') ?? ''
    const endpoint = endpoints().token ?? ''
    const trade = (verifier: string) =>
      exchangeCode({ method: oauth, endpoint, client: us, redirectUri: REDIRECT_URI, code, verifier })
    await expect(trade('x'.repeat(43))).rejects.toMatchObject({ code: 'invalid_grant' })
    const fresh = await connected()
    expect(fresh.token).toMatch(/./)
  })
})

describe('documents', () => {
  test('all pages of a list are read, each once, the last changed first', async () => {
    const api = open(await connected())
    const seen: string[] = []
    const times: string[] = []
    let cursor: string | undefined
    do {
      const page = await documents.list(api, cursor ? { cursor } : {})
      seen.push(...page.items.map(({ id }) => id))
      times.push(...page.items.map(({ updatedAt = '' }) => updatedAt))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen.length).toBeGreaterThan(5)
    expect(new Set(seen).size).toBe(seen.length)
    expect(times).toEqual(times.toSorted().reverse())
  })

  test('a card has its beginning, its editor and an address that leads back to it', async () => {
    const api = open(await connected())
    const [first] = (await documents.list(api, {})).items
    const card = await documents.read(api, String(first?.id))
    expect(card).toMatchObject({ title: first?.title, url: first?.url, updatedAt: first?.updatedAt })
    expect(card.excerpt).toMatch(/\S/)
    expect(card.body?.editor).toMatch(/\S/)
  })

  test('one is found by how the words of its title begin, and not by a quote in it', async () => {
    const api = open(await connected())
    const [first] = (await documents.list(api, {})).items
    const [word = ''] = /\p{L}{4,}/u.exec(first?.title ?? '') ?? []
    const found = await documents.search(api, word.slice(0, 3), {})
    expect(titles(found.items)).toContain(first?.title)
    for (const odd of ["o'clock", String.raw`a\b`, "' or name contains '"])
      expect((await documents.search(api, odd, {})).items).toEqual([])
  })

  test('what one says is searched when asked for', async () => {
    const api = open(await connected())
    const [first] = (await documents.list(api, {})).items
    const { excerpt = '' } = await documents.read(api, String(first?.id))
    const [, second = ''] = excerpt.split('\n')
    const [word = ''] = /\p{L}{6,}/u.exec(second) ?? []
    const { items } = await searches.search(api, word, {})
    expect(items[0]).toMatchObject({ kind: 'document_search', title: word })
    expect(titles(items.slice(1))).toContain(first?.title)
    expect((await searches.read(api, String(items[0]?.id))).body?.hits).not.toEqual([])
  })

  test('what nobody shared with an account is not found, and told like what is not there', async () => {
    const dana = open(await connected())
    const lee = open(await connected('lee@park.example'))
    const others = new Set((await documents.list(lee, {})).items.map(({ id }) => id))
    const hidden = (await documents.list(dana, {})).items.find(({ id }) => !others.has(id))
    for (const id of [String(hidden?.id), '1nNobodyHasThis0000000000000000000000000000'])
      expect((await failed(documents.read(lee, id))).failure).toBe('not_found')
  })
})

describe('renewal', () => {
  test('gives a new token and keeps the refresh token, again and again', async () => {
    const grant = await connected()
    const ask = (of: Grant) => refreshGrant({ method: oauth, endpoint: endpoints().token ?? '', client: us, grant: of })
    const second = await ask(grant)
    const third = await ask(second)
    expect(new Set([grant.token, second.token, third.token]).size).toBe(3)
    expect([second.refreshToken, third.refreshToken]).toEqual([grant.refreshToken, grant.refreshToken])
    expect(missingIn(third).missing).toEqual([])
    expect((await googleDocs.identify(open(third), third)).label).toBe(DANA)
  })

  test('of a grant that was ended is refused for good, and the token opens nothing', async () => {
    const grant = await connected()
    await client.post('/revoke', { token: grant.refreshToken ?? '' })
    const again = refreshGrant({ method: oauth, endpoint: endpoints().token ?? '', client: us, grant })
    await expect(again).rejects.toMatchObject({ code: 'invalid_grant', isFinal: true })
    expect((await failed(googleDocs.identify(open(grant), grant))).failure).toBe('expired')
  })
})
