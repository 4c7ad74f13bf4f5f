const DECIMAL = /^(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,2}))?$/i
const A_MILLION = 6

/**
 * US dollars for a million tokens, from the decimal string of dollars for one (openrouter.ai/docs/guides/overview/models):
 * `0.00000015` is `0.15`. The point is moved, nothing is calculated. Null for what is no price: `-1` where it varies.
 */
export function perMillion(price: string | null | undefined): string | null {
  const [found, whole = '', part = '', exponent = '0'] = DECIMAL.exec(price ?? '') ?? []
  if (!found || whole + part === '') return null
  const point = whole.length + A_MILLION + Number(exponent)
  if (point < 0) return null // less than a hundred-thousandth of a cent for all of a million
  const digits = (whole + part).padEnd(point, '0')
  const dollars = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0'
  const cents = digits.slice(point).replace(/0+$/, '')
  return cents === '' ? dollars : `${dollars}.${cents}`
}
