import { judge } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'

/** How a provider's answers are judged, each told by its status, its body and what headers matter. */
export const judgedBy =
  (provider: Provider) =>
  (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
    judge(provider, {
      status,
      headers: new Headers(headers),
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
