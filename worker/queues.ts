/** Every queue of the rooms' jobs; scripts/migrate.ts makes them. */
export const queues: readonly { name: string; options?: object }[] = []
