import { EUROPE, HOME, type Place } from './hosts.ts'
import { isName, isRunId, namedId } from './ids.ts'

/** The segments below an organization's pages, /app/acme/..., and at which installation; links of people's own lie at HOME. */
function inside(url: URL, isTyped = false): { place: Place; organization: string; rest: string[] } | null {
  const isEuropean = url.origin === EUROPE
  const [app, organization = '', ...rest] = url.pathname.split('/').filter(Boolean)
  if ((url.origin !== HOME && !isEuropean) || app !== 'app' || !isName(organization)) return null
  return { place: isTyped ? 'own' : isEuropean ? 'eu' : '', organization, rest }
}

// The tabs of a workspace's pages, none of which is a thing of its own here.
const tabs = new Set(['', 'runs', 'variables', 'settings', 'health', 'actions'])

/** /app/acme/workspaces/cluster-production, also one of its tabs; what has a card of its own is something else. */
export function workspaceLink(url: URL, isTyped?: boolean): string | null {
  const { place = '', organization = '', rest = [] } = inside(url, isTyped) ?? {}
  const [section, called = '', tab = '', of] = rest
  if (section !== 'workspaces' || called === 'new' || !tabs.has(tab) || (tab === 'runs' && of !== undefined))
    return null
  return namedId(place, organization, called)
}

/** .../workspaces/cluster-production/runs/run-CZcmD7eagjhyX0vN, also without `workspaces`, as answers have it. */
export function runLink(url: URL): string | null {
  const { rest = [] } = inside(url) ?? {}
  const [called = '', section, id = ''] = rest[0] === 'workspaces' ? rest.slice(1) : rest
  return isName(called) && section === 'runs' && isRunId(id) ? id : null
}

/** .../workspaces/cluster-production/states, the workspace's present state; one of its past is nothing we show. */
export function stateLink(url: URL, isTyped?: boolean): string | null {
  const { place = '', organization = '', rest = [] } = inside(url, isTyped) ?? {}
  const [section, called = '', tab, version] = rest
  if (section !== 'workspaces' || tab !== 'states' || version !== undefined) return null
  return namedId(place, organization, called)
}
