import type { Source as Tool } from '#components/boards/sources.ts'
import type { Source } from '#lib/answers/schema.ts'

/** Kinds of things in the plural: `pull_request` is "pull requests". */
const plural = (kind: string): string => {
  const words = kind.replaceAll('_', ' ')
  if (words.endsWith('y')) return `${words.slice(0, -1)}ies`
  return /(?:s|x|ch|sh)$/.test(words) ? `${words}es` : `${words}s`
}

/** Who cannot see what an answer rests on: "2 people can't see cited GitHub files." One sentence a provider. */
export function unseenSentences(cited: readonly Source[], tools: readonly Tool[]): string[] {
  return [...Map.groupBy(cited, ({ provider }) => provider)].flatMap(([id, own]) => {
    const tool = tools.find((one) => one.id === id)
    const coverage = tool?.provider.coverage
    const without = coverage ? coverage.members - coverage.connected : 0
    if (!tool || without <= 0) return []
    const kinds = new Set(own.map(({ kind }) => kind))
    const [only = 'card'] = kinds
    const what = kinds.size === 1 ? plural(only) : 'cards'
    return [`${without} ${without === 1 ? 'person' : 'people'} can't see cited ${tool.name} ${what}.`]
  })
}
