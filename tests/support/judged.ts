import { judge, type ProviderFailure } from '#lib/providers/api.ts'
import type { Provider } from '#lib/providers/define.ts'

/** How a provider judges an answer; a body that is no text is sent as JSON. */
export const judgedBy =
  (provider: Provider) =>
  (status: number, body: unknown = {}, headers: Record<string, string> = {}): ProviderFailure =>
    judge(provider, {
      status,
      headers: new Headers(headers),
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
