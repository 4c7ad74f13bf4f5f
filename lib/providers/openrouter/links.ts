import { isModelName, modelId } from './ids.ts'

// First segments of OpenRouter's own pages, which would read as an author.
const reserved = new Set(
  `about activity announcements api apps auth blog careers chat collections compare credits docs enterprise examples
  fusion keys labs logs models orgs organization presets pricing privacy provider providers rankings settings sign-in
  sign-up skills spawn state-of-ai support terms workspaces`.split(/\s+/),
)
// Tabs of a model's page.
const tabs = new Set([
  'activity',
  'api',
  'apps',
  'benchmarks',
  'performance',
  'pricing',
  'providers',
  'quickstart',
  'uptime',
])

function segmentsOf(url: URL): string[] | null {
  if (url.host !== 'openrouter.ai') return null
  try {
    return url.pathname.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return null
  }
}

/** openrouter.ai/author/slug, also one of its tabs. */
export function modelLink(url: URL): string | null {
  const [author = '', slug = '', tab, ...more] = segmentsOf(url) ?? []
  if (reserved.has(author.toLowerCase()) || more.length > 0 || (tab !== undefined && !tabs.has(tab))) return null
  const name = `${author}/${slug}`
  return isModelName(name) ? modelId(name) : null
}
