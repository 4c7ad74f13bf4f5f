import { github } from '#sandbox/github/provider.ts'
import type { SandboxProvider, World } from './provider.ts'

/** The simulated providers. A new one is one line here and one file (or folder) beside it. */
export const providers: readonly ((world: World) => SandboxProvider)[] = [github]
