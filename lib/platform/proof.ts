/** Somebody whose right to act in an organization was proven. Made by lib/tenancy/actor.ts only; a graph rule keeps it so. */
export type Proven = {
  readonly organizationId: string
  readonly userId: string | null
}

const proven = new WeakSet<object>()

/** Marks an actor as proven. Whoever calls this vouches for it. */
export function prove<A extends Proven>(actor: A): A {
  const frozen = Object.freeze({ ...actor })
  proven.add(frozen)
  return frozen
}

/** Whether this very object came out of `prove`; a copy or a look-alike did not. */
export const isProven = (actor: object): boolean => proven.has(actor)
