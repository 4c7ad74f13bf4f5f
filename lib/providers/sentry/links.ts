import { eventIdOf, issueId, projectId } from './ids.ts'

// Hosts beside the organizations' own (acme.sentry.io) that have no issues.
const pages = new Set(
  'blog changelog cookbook demo develop docs help open sandbox sentry status try vanguard'.split(' '),
)
const hosts = new Set(['sentry.io', 'us.sentry.io', 'de.sentry.io'])
// First segments of Sentry's own pages, which would read as an organization.
const reserved = new Set('api auth extensions oauth organizations orgredirect settings'.split(' '))

/**
 * The path behind what names the organization: its own host, /organizations/ACME/, or the older /ACME/PROJECT/.
 * Which organization that is is not kept: numbers are its service's own, so those of another are not found.
 */
function inside(url: URL): string[] | null {
  const segments = url.pathname.split('/').filter(Boolean)
  const [first = '', , third] = segments
  const [tenant = '', ...rest] = url.hostname.split('.')
  const isTenant = rest.join('.') === 'sentry.io' && !hosts.has(url.hostname) && !pages.has(tenant)
  if (url.port !== '' || (!hosts.has(url.hostname) && !isTenant)) return null
  if (first === 'organizations') return segments.slice(2)
  if (isTenant) return segments
  return third === 'issues' && !reserved.has(first) ? segments.slice(2) : null
}

/** .../issues/6507376925/ or .../issues/API-12/, also one of its tabs; one event of it is something else. */
export function issueLink(url: URL): string | null {
  const [section, id = '', tab, event] = inside(url) ?? []
  if (section !== 'issues' || (tab === 'events' && event !== undefined && eventIdOf(id, event) !== null)) return null
  return issueId(id)
}

/** .../issues/6507376925/events/7ca573c0f4814912aaa9bdc77d1a7d51/ */
export function eventLink(url: URL): string | null {
  const [section, id = '', tab, event = ''] = inside(url) ?? []
  return section === 'issues' && tab === 'events' ? eventIdOf(id, event) : null
}

/** .../projects/api/, where the newer pages have it under insights. */
export function projectLink(url: URL): string | null {
  const segments = inside(url) ?? []
  const [section, slug = ''] = segments[0] === 'insights' ? segments.slice(1) : segments
  return section === 'projects' && slug !== 'new' ? projectId(slug) : null
}
