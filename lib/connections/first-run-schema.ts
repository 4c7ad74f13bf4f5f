import { z } from 'zod'

const FirstRunStep = z.enum(['hub', 'provider', 'oauth', 'key', 'status', 'board'])
/** The first steps in an organization, each ticked by the real thing. */
export const FirstRunView = z.object({
  steps: z.array(
    z.object({
      id: FirstRunStep,
      done: z.boolean(),
      /** Not needed, because the other way of connecting was taken. */
      spared: z.boolean(),
    }),
  ),
  /** For somebody who joined: the providers on boards they can see, to connect their own account at. */
  accounts: z.array(z.object({ provider: z.string(), name: z.string(), done: z.boolean() })),
  show: z.enum(['open', 'collapsed', 'dismissed']),
})
export type FirstRunView = z.infer<typeof FirstRunView>
/** What a person saw, or how they want the list shown. */
export const FirstRunChange = z.object({
  seen: z.enum(['hub', 'provider']).optional(),
  show: z.enum(['open', 'collapsed', 'dismissed']).optional(),
})
export type FirstRunChange = z.infer<typeof FirstRunChange>
