import { explainAttempt } from '#lib/connections/explain.ts'
import { now } from '#lib/platform/clock.ts'
import type { Db } from '#lib/platform/db.ts'
import { findRemedy } from '#lib/providers/find-remedy.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { AttemptStatus, type AttemptView } from './schema.ts'
import { isFinal } from './status.ts'

type Row = NonNullable<Awaited<ReturnType<Db['connectAttempt']['findFirst']>>>
/** What an attempt keeps of its course besides its status; written by this room only. */
type Stored = {
  code?: string
  accountLabel?: string
  previousLabel?: string
  also?: readonly { provider: string; connectionId?: string; problem?: string }[]
}

const nameOf = (id: string): string => findProvider(id)?.name ?? id

const describeAlso = ({ also }: Stored): Pick<AttemptView, 'also'> =>
  also
    ? {
        also: also.map(({ provider, connectionId, problem }) => ({
          provider,
          name: nameOf(provider),
          ...(connectionId ? { connectionId } : {}),
          ...(problem ? { detail: explainAttempt(problem, nameOf(provider)) } : {}),
        })),
      }
    : {}

/** An attempt for the person whose it is; one whose time is up reads so, whoever has noticed yet. */
export function describeAttempt(attempt: Row): AttemptView {
  const stored = AttemptStatus.parse(attempt.status)
  const isOver = !isFinal(stored) && attempt.expiresAt <= now()
  const status = isOver ? 'timed_out' : stored
  const connectionId = attempt.resultId ?? (status === 'mismatch' ? attempt.connectionId : null)
  const kind = isOver ? 'timed_out' : attempt.problem
  const more = (attempt.problemDetail ?? {}) as Stored
  const detail =
    kind &&
    (findRemedy(findProvider(attempt.provider), more.code ?? kind) ??
      explainAttempt(kind, nameOf(attempt.provider), more.code))
  return {
    id: attempt.id,
    provider: attempt.provider,
    slot: attempt.slot === 'user' ? 'user' : 'organization',
    status,
    ...(connectionId ? { connectionId } : {}),
    ...(kind && detail ? { problem: { kind, detail, ...(more.code ? { code: more.code } : {}) } } : {}),
    ...(Array.isArray(attempt.choices) ? { choices: attempt.choices as AttemptView['choices'] } : {}), // parsed by the answer's schema
    ...describeAlso(more),
    ...(more.accountLabel ? { accountLabel: more.accountLabel } : {}),
    ...(more.previousLabel ? { previousLabel: more.previousLabel } : {}),
    expiresAt: attempt.expiresAt.toISOString(),
  }
}
