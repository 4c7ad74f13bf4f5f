import { expect, test } from 'vitest'
import { linkParts, pastedLinks, webAddress } from './links.ts'

test('only http and https lead anywhere', () => {
  expect(webAddress('https://acme.test/a')).toBe('https://acme.test/a')
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//acme.test', 'acme.test', ''])
    expect(webAddress(text)).toBeNull()
})

test('a paste of nothing but addresses is those addresses, each once', () => {
  expect(pastedLinks(' https://a.test/x\nhttps://b.test/y https://a.test/x ')).toEqual([
    'https://a.test/x',
    'https://b.test/y',
  ])
  expect(pastedLinks('see https://a.test/x')).toEqual([])
  expect(pastedLinks('javascript:alert(1)')).toEqual([])
  expect(pastedLinks('')).toEqual([])
})

test('addresses in a note are links and everything else stays text', () => {
  expect(linkParts('see https://a.test/x. And javascript:alert(1)')).toEqual([
    { text: 'see ', href: null },
    { text: 'https://a.test/x', href: 'https://a.test/x' },
    { text: '. And javascript:alert(1)', href: null },
  ])
  expect(linkParts('<b>no</b>')).toEqual([{ text: '<b>no</b>', href: null }])
  expect(linkParts('')).toEqual([])
})
