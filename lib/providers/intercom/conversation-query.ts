const MOST_WORDS = 10

type Condition = { field: string; operator: string; value: string }
type Query = { operator: 'AND' | 'OR'; value: (Query | Condition)[] }

/**
 * What is typed, as Intercom searches conversations: their first message by whole words, all of them, or their subject by a part of
 * it. Nothing else of them can be searched (developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/searchconversations).
 * Null for what has no word.
 */
export function searchQuery(typed: string): Query | null {
  const words = typed.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.slice(0, MOST_WORDS)
  if (!words) return null
  const inBody = words.map((value) => ({ field: 'source.body', operator: '=', value }))
  return {
    operator: 'OR',
    value: [
      { operator: 'AND', value: inBody },
      { field: 'source.subject', operator: '~', value: typed.trim() },
    ],
  }
}
