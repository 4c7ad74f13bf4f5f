import type { Provider } from './define.ts'
import type { Config } from './define-api.ts'

/**
 * One of a provider's pages, where this account has it: a region and an installation of one's own have the same elsewhere, and
 * empty is where nobody knows.
 */
export function pageOf({ endpoints, origins }: Provider, page: string, config: Config): string {
  const [{ web: usual }, { web }] = [endpoints(origins, {}), endpoints(origins, config)]
  if (!usual || web === undefined || !page.startsWith(`${usual}/`)) return page
  return web && `${web}${page.slice(usual.length)}`
}
