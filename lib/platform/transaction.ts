import { AsyncLocalStorage } from 'node:async_hooks'

const open = new AsyncLocalStorage<true>()

/** Runs `work` as the inside of a transaction, so that what must not happen there can tell. */
export const insideTransaction = <T>(work: () => Promise<T>): Promise<T> => open.run(true, work)

/** Throws inside a transaction; what goes over the network, or opens a transaction of its own, says it first. */
export function assertNoTransaction(what: string): void {
  if (open.getStore()) throw new Error(`${what} inside a transaction`)
}
