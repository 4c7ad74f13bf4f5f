const whole = new Intl.NumberFormat('en')

/** A number of things in words: "1 reply", "1,204 events". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${whole.format(count)} ${count === 1 ? one : many}`
