import { json } from '#sandbox/http.ts'
import { type Endpoint, keyed, limitIn, numberIn, requireFeature } from './access.ts'
import { appIdOf, type Entry, entriesOf } from './state.ts'

// Beside the date there is a time for people: month, day and year in two digits each, and twelve hours.
function timeOf(at: number): string {
  const date = new Date(at)
  const two = (number: number) => String(number).padStart(2, '0')
  const hour = date.getUTCHours()
  const day = `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${two(date.getUTCFullYear() % 100)}`
  return `${day} ${two(hour % 12 || 12)}:${two(date.getUTCMinutes())}${hour < 12 ? 'AM' : 'PM'}`
}

const shown = ({ at, user, action, description }: Entry) => ({
  time: timeOf(at),
  created_date: new Date(at).toISOString().replace('Z', '000Z'),
  user,
  action,
  description,
})

/** GET …/audit/logs/: oldest first, from `cursor` on, which to begin with is a time in milliseconds (docs.logrocket.com/docs/audit-log-api). */
export const listLogs: Endpoint = (call, params, state) => {
  const app = keyed(call, state, params)
  requireFeature(state, app, 'auditLog')
  const [from, limit] = [numberIn(call, 'cursor') ?? 0, limitIn(call)]
  const rest = entriesOf(state, appIdOf(app)).filter(({ at }) => at >= from)
  const page = rest.slice(0, limit)
  const next = rest[limit]
  const end = (page.at(-1)?.at ?? from - 1) + 1
  return json(200, { has_next: next !== undefined, cursor: next?.at ?? end, logs: page.map(shown) })
}
