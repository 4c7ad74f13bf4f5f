const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** How much a model reads at once: "128K tokens of context". */
export const tokensText = (tokens: number): string => `${short.format(tokens)} tokens of context`

/** Dollars, of a decimal that is shown as it is: "$0.15", "$3". Empty where there is none. */
const dollars = (decimal: string): string =>
  /^\d+(?:\.\d+)?$/.test(decimal) ? `$${decimal.replace(/(\.\d)$/, '$10')}` : ''

/** What a million tokens cost: "$0.15 in, $0.60 out per 1M tokens", "Free"; empty where it varies. */
export function priceText(input: string, output: string): string {
  if (Number(input) === 0 && Number(output) === 0 && input !== '' && output !== '') return 'Free'
  const parts = [dollars(input) && `${dollars(input)} in`, dollars(output) && `${dollars(output)} out`].filter(Boolean)
  return parts.length > 0 ? `${parts.join(', ')} per 1M tokens` : ''
}

/** What goes in and what comes out, as `text+image->text` says it: "text and image to text". */
export function wayText(modality: string): string {
  const listed = (side: string) => side.split('+').filter(Boolean).join(' and ')
  const [from = '', to = ''] = modality.split('->')
  return to ? `${listed(from)} to ${listed(to)}` : listed(from)
}
