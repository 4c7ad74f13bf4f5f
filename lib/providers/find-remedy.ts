import { entryOf } from '#lib/platform/entry-of.ts'
import type { Provider } from './define.ts'

/** What somebody can do about a setup that is missing at the provider; undefined where it has no words for it. */
export const findRemedy = (
  provider: Pick<Provider, 'remedies'> | null | undefined,
  code: string | null | undefined,
): string | undefined => (code && provider?.remedies ? entryOf(provider.remedies, code) : undefined)
