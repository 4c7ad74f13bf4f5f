import { z } from 'zod'

const AtProvider = z.object({ why: z.string(), at: z.string(), label: z.string(), steps: z.array(z.string()) })
export type AtProvider = z.infer<typeof AtProvider>

/** How access is verified where it is not asked for, and what an admin does at the provider. */
export const VerifiedView = z.object({
  about: z.string(),
  seeing: z.string(),
  setUp: AtProvider,
  end: AtProvider,
  plans: z.string(),
})
export type VerifiedView = z.infer<typeof VerifiedView>

/** Only in native mode. `builtIn`: said instead of offering to connect it, as long as there is nothing to do about it. */
export const NativeView = z.object({ builtIn: z.string().nullable() })
export type NativeView = z.infer<typeof NativeView>
