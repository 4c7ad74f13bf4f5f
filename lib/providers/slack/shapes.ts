import { z } from 'zod'
import type { Api } from '#lib/providers/define-api.ts'

/** An address that may become a link: a browser would run some others. */
export const WebUrl = z.url({ protocol: /^https?$/ })

/** The address of the connected workspace; slack.com itself leads there too, by way of a sign-in. */
export const workspaceOf = ({ config }: Api): string => config.workspace ?? 'https://slack.com'

/** Where the next page begins; an empty text, as an absent one, says that there is none (docs.slack.dev/apis/web-api/pagination). */
export const NextCursor = z
  .object({ next_cursor: z.string().optional() })
  .nullish()
  .transform((metadata) => metadata?.next_cursor || undefined)
