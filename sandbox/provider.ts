import type { Clock } from './clock.ts'
import type { Answer, Call } from './http.ts'

/** A git repository on disk that the sandbox serves beside its own data. `gitDir` is the `.git` folder. */
export type ServedRepository = { owner: string; name: string; gitDir: string }

/** What every simulated provider gets: its clock, the sandbox's own address and the app it talks to. */
export type World = { clock: Clock; url: string; appUrl: string; repositories: readonly ServedRepository[] }

/** One simulated provider. The control calls take what control received, unparsed, and throw `Refused` when it makes no sense. */
export type SandboxProvider = {
  id: string
  name: string
  /** Path prefix -> the real origin it stands for. */
  origins: Readonly<Record<string, string>>
  /** Where several are at the same origins: whether a request may be for this one. The first such answers it. */
  serves?(call: Call): boolean
  answer(call: Call): Answer | Promise<Answer>
  set(input: unknown): unknown
  revoke(input: unknown): unknown
  webhook(input: unknown): unknown
  reset(): void
}

/** A control call that makes no sense; its message is the answer's. */
export class Refused extends Error {}
