/** A table's own entry: a key may come from outside, and `__proto__` or `constructor` names none of ours. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined
