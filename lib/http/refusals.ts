import { type ProblemKind, problems } from '#lib/platform/problem.ts'
import type { Operation } from './route.ts'

/** What an operation refuses with because of its shape: who may come, what it takes, and what can happen to any. */
function impliedProblems({ who, params, query, body }: Operation, method: string): ProblemKind[] {
  const isPublic = who === 'public'
  const isChange = method !== 'GET'
  return [
    ...(isPublic ? [] : (['sign-in-required', 'token-not-accepted', 'forbidden', 'scope-missing'] as const)), // as const: words of a union
    ...(isChange ? (['other-origin'] as const) : []),
    ...(params ? (['not-found'] as const) : []),
    ...(query || body ? (['fields-not-accepted'] as const) : []),
    ...(body ? (['bad-request', 'body-too-large'] as const) : []),
    'too-many-requests',
    'unexpected',
  ]
}

/** The statuses of everything that an operation may refuse with, each with its kinds of problem. */
export function refusalsOf(operation: Operation, method: string): Map<number, ProblemKind[]> {
  const found = new Map<number, ProblemKind[]>()
  for (const kind of new Set([...impliedProblems(operation, method), ...(operation.problems ?? [])])) {
    const [status] = problems[kind]
    found.set(status, [...(found.get(status) ?? []), kind])
  }
  return found
}

/** Every status that an operation answers with, as the document says. */
export const statusesOf = (operation: Operation, method: string): number[] => [
  operation.status ?? 200,
  ...(operation.lines ? [200] : []),
  ...refusalsOf(operation, method).keys(),
]
