import type { Place } from '#components/connections/place.ts'
import { clockTime } from '#components/ui/time-text.ts'
import { shownNow } from '#components/ui/use-preferences.ts'
import type { SourceAnswer } from '#lib/resources/schema.ts'
import { waitSentence } from '#lib/resources/status.ts'
import type { Source } from '../sources.ts'
import { type Group, group, nothingText, resourceOption, sourceOption } from './groups.ts'

/** Why a source gave nothing or not all; a wait in the reader's own time, the server only knows UTC. */
const saidOf = ({ name, message, retryAt }: SourceAnswer): string | null =>
  retryAt ? `${waitSentence(name, null)} until ${clockTime(Date.parse(retryAt), shownNow())}` : message

/** What a source that can be asked has answered; one that has not is still coming. */
function answerGroup(source: Source, answer: SourceAnswer | undefined, query: string): Group {
  const { id, name } = source
  if (!answer) return group(id, name, [], { isBusy: true })
  const options = answer.items.map((item) => resourceOption(source, item))
  const nothing = options.length === 0 && answer.state === 'ok' ? nothingText(source, query) : null
  return group(id, name, options, { said: saidOf(answer) ?? nothing })
}

/** Whether a source is asked as one types; what it has to be asked for has rows of its own. */
const answersTyping = ({ connectionId, kinds }: Source): boolean =>
  connectionId !== null && kinds.some(({ search }) => search === 'typing')

/** What every source answered so far, in their own order; at the end those that could be asked if somebody helped. */
export function answerGroups(
  sources: readonly Source[],
  answers: ReadonlyMap<string, SourceAnswer>,
  query: string,
  place: Place,
): Group[] {
  const closed = sources
    .filter(({ connectionId }) => connectionId === null)
    .map((source) => sourceOption(source, place))
  const helpful = closed.filter(({ type }) => type !== 'closed')
  return [
    ...sources.filter(answersTyping).map((source) => answerGroup(source, answers.get(source.id), query)),
    ...(helpful.length > 0 ? [group('closed', 'Not connected', helpful)] : []),
  ]
}
