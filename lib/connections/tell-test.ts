import type { Actor } from '#lib/tenancy/actor.ts'
import { connectWithSecret } from './connect-with-secret.ts'
import type { Prepared } from './prepare-secret.ts'
import { TestLine } from './secret-schema.ts'
import { stepsOf } from './test-secret.ts'

/** Tells the test of a secret while it goes on: a line a step, and last the connection. What it throws is for the caller to tell. */
export function tellTest(actor: Actor, prepared: Prepared) {
  const of = stepsOf(prepared)
  return async (write: (line: TestLine) => void, signal: AbortSignal): Promise<void> => {
    const onStep = (step: unknown) => write(TestLine.parse({ step, of }))
    write(TestLine.parse(await connectWithSecret(actor, prepared, { signal, onStep })))
  }
}
