/** The address if a browser may follow it: http or https; else null. */
export function webAddress(text: string): string | null {
  const url = URL.parse(text)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null
}

const MOST = 20

/** The addresses of a pasted text that is nothing but addresses, each once; none when there is anything else in it. */
export function pastedLinks(text: string): string[] {
  const words = text.trim().split(/\s+/)
  const links = words.filter((word) => webAddress(word) !== null)
  return links.length === words.length ? [...new Set(links)].slice(0, MOST) : []
}

export type Part = { text: string; href: string | null }

/** A note's text in parts: what is an address becomes a link, without the punctuation that ends a sentence. */
export function linkParts(text: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const { index, 0: found } of text.matchAll(/https?:\/\/[^\s<>"']+/gi)) {
    const link = found.replace(/[.,;:!?)\]]+$/, '')
    const href = webAddress(link)
    if (!href) continue
    parts.push({ text: text.slice(from, index), href: null }, { text: link, href })
    from = index + link.length
  }
  parts.push({ text: text.slice(from), href: null })
  return parts.filter(({ text: part }) => part !== '')
}
