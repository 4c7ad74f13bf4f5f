import { z } from 'zod'

/** How a provider was set when somebody began to change it. */
const PolicySeen = z.object({
  whoMayConnect: z.enum(['admins', 'members']),
  options: z.record(z.string().max(40), z.boolean()),
  inAnswers: z.boolean(),
})
export type PolicySeen = z.infer<typeof PolicySeen>
export const ProviderPatch = z.object({
  enabled: z.boolean().optional(),
  whoMayConnect: z.enum(['admins', 'members']).optional(),
  /** By the ids of the provider's options; what is not named stays as it is. */
  options: z.record(z.string().max(40), z.boolean()).optional(),
  inAnswers: z.boolean().optional(),
  /** What the change is based on: where it is not so any more, nothing is changed. */
  was: PolicySeen.optional(),
})
export type ProviderPatch = z.infer<typeof ProviderPatch>
