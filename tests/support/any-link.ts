import fc from 'fast-check'

/** Links at one of these addresses, their paths of these words and of any other text. */
export const anyLink = (homes: readonly string[], words: readonly string[]): fc.Arbitrary<string> => {
  const text = fc.string({ maxLength: 8 }).map(encodeURIComponent)
  const path = fc.array(fc.oneof(fc.constantFrom(...words), text), { maxLength: 7 })
  return fc.tuple(fc.constantFrom(...homes), path).map(([home, parts]) => `${home}/${parts.join('/')}`)
}
