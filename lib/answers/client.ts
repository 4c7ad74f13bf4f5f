import { queryOptions } from '@tanstack/react-query'
import { ask, request } from '#lib/platform/client.ts'
import type { AnswerEvent, AskView, Question } from './schema.ts'

const askPath = (org: string, board: string): string => `/api/v1/orgs/${org}/boards/${board}/ask`

/** Whether and how this person can ask a board. */
export const askOf = (org: string, board: string) =>
  queryOptions({
    queryKey: ['ask', org, board] as const,
    queryFn: ({ signal }) => ask<AskView>(askPath(org, board), { signal }),
  })

/** Says that this person has read what asking sends away. */
export const acceptNotice = (org: string, board: string): Promise<AskView> =>
  ask<AskView>(`${askPath(org, board)}/notice`, { method: 'POST' })

const DATA = 'data: '

/**
 * Asks a board and hands over each event as it comes; aborting `signal` ends it at the model too. Throws Problem, or what
 * the abort threw.
 */
export async function askBoard(
  at: { org: string; board: string },
  question: Question,
  { onEvent, signal }: { onEvent: (event: AnswerEvent) => void; signal: AbortSignal },
): Promise<void> {
  const response = await request(askPath(at.org, at.board), { method: 'POST', body: question, signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader() // not every browser can loop over a stream
  let rest = ''
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const lines = (rest + part.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith(DATA)) onEvent(JSON.parse(line.slice(DATA.length)) as AnswerEvent) // the route has parsed it with its schema
  }
}
