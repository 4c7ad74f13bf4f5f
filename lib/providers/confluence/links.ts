import { atSite } from '#lib/providers/atlassian-site.ts'
import { nameOfSpace, PageId, SpaceId } from './ids.ts'

/** The segments behind /wiki, where all of Confluence is. */
function inWiki(url: URL): { site: string; path: string[] } | null {
  const at = atSite(url)
  const [first, ...path] = at?.path ?? []
  return at && first === 'wiki' ? { site: at.site, path } : null
}

/**
 * The number in a short link: its bytes, the lowest first, in base 64 with `-` for `/` and `_` for `+`, without what is zero at
 * the end (confluence.atlassian.com/confkb/how-to-programmatically-generate-the-tiny-link-of-a-confluence-page-956713432.html).
 */
function numberIn(short: string): string | null {
  if (!/^[\w-]{1,11}$/.test(short)) return null
  const base64 = short
    .padEnd(Math.ceil(short.length / 4) * 4, 'A')
    .replaceAll('_', '+')
    .replaceAll('-', '/')
  const bytes = Buffer.from(base64, 'base64').subarray(0, 8)
  const number = bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n)
  return number > 0n ? String(number) : null
}

/** /wiki/spaces/DOCS/pages/98432/Title and its editor, /wiki/x/gIAB, and the older /wiki/pages/viewpage.action?pageId=98432. */
export function pageLink(url: URL): string | null {
  const at = inWiki(url)
  if (!at) return null
  const [first, second = '', third, ...rest] = at.path
  if (first === 'x') return PageId.check(at.site, numberIn(second) ?? '')
  if (first === 'pages' && second.startsWith('viewpage'))
    return PageId.check(at.site, url.searchParams.get('pageId') ?? '')
  if (first !== 'spaces' || third !== 'pages') return null
  return PageId.check(at.site, rest.find((segment) => /^\d+$/.test(segment)) ?? '')
}

/**
 * /wiki/spaces/DOCS, its overview or its list of pages; older links have `display` for `spaces`. What else is in a space, a
 * blog post or a whiteboard, is not the space.
 */
export function spaceLink(url: URL): string | null {
  const at = inWiki(url)
  if (!at || pageLink(url)) return null
  const [first, key = '', third, ...rest] = at.path
  const isSpace =
    third === undefined
      ? first === 'spaces' || first === 'display'
      : first === 'spaces' && ['overview', 'pages'].includes(third) && rest.length === 0
  return isSpace && key !== '' ? SpaceId.check(at.site, nameOfSpace(key)) : null
}
