import { lookup as systemLookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'

export type Address = { address: string; family: number }
export type Resolve = (hostname: string) => Promise<readonly Address[]>

/** What a refused address is told, whatever the reason was: it must not say what answers inside the network. */
export class EgressRefused extends Error {
  constructor() {
    super('this address is not allowed')
    this.name = 'EgressRefused'
  }
}

const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true })

/** Whether an IP address is on the public internet: unicast, and not one that only wraps a private IPv4 address. */
function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address) // unwraps ::ffff:a.b.c.d
  // ::a.b.c.d, deprecated by RFC 4291 s.2.5.5.1, reads as unicast
  const isCompatible = parsed.kind() === 'ipv6' && parsed.match(ipaddr.parse('::'), 96)
  return parsed.range() === 'unicast' && !isCompatible
}

function isAllowed(hostname: string, address: string, allow: readonly string[]): boolean {
  if (isPublicAddress(address)) return true
  return allow.some((entry) => {
    if (entry === hostname) return true
    if (!ipaddr.isValidCIDR(entry))
      return ipaddr.isValid(entry) && ipaddr.process(entry).toString() === ipaddr.process(address).toString()
    const [network, bits] = ipaddr.parseCIDR(entry)
    const parsed = ipaddr.process(address)
    return parsed.kind() === network.kind() && parsed.match(network, bits)
  })
}

type LookupCallback = (error: Error | null, address: string | Address[], family?: number) => void

/**
 * The socket's own name lookup, guarded: what it checks is what the socket connects to, so a name that answers
 * public first and private second gains nothing. `allow` holds CIDRs, addresses or host names (EGRESS_ALLOW).
 */
export function guardedLookup(allow: readonly string[], resolve: Resolve = resolveBySystem) {
  return (hostname: string, options: { all?: boolean }, done: LookupCallback): void => {
    resolve(hostname).then(
      (found) => {
        const [first] = found
        if (!first || found.some(({ address }) => !isAllowed(hostname, address, allow)))
          return done(new EgressRefused(), '')
        if (options.all) return done(null, [...found])
        done(null, first.address, first.family)
      },
      () => done(new EgressRefused(), ''),
    )
  }
}

/** Checks what needs no lookup: scheme, credentials in the URL, and hosts written as an address (also 0x7f.1, 2130706433). */
export function checkTypedUrl(url: URL, allow: readonly string[]): void {
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  const isAddress = ipaddr.isValid(bare)
  const privileged = allow.includes(bare) || (isAddress && isAllowed(bare, bare, allow))
  if (url.username || url.password) throw new EgressRefused()
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && privileged)) throw new EgressRefused()
  if (isAddress && !privileged) throw new EgressRefused()
}
