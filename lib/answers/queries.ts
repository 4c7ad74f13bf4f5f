import { servingConnections } from '#lib/connections/queries.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Converse, Provider } from '#lib/providers/define.ts'
import { providers } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import { allowAsking } from './policy.ts'
import type { AskView } from './schema.ts'
import { askState, explainState } from './status.ts'

export type Answering = Provider & { converse: Converse }

/** The provider whose models answer. */
export function answeringProvider(): Answering {
  const found = providers.find((provider): provider is Answering => provider.converse !== undefined)
  if (!found) throw new Error('no provider answers questions')
  return found
}

type Decided = { isOn: boolean; isNoticeRead: boolean; excluded: string[] }

async function readDecided(db: Db, actor: Actor, boardId: string): Promise<Decided> {
  if ((await db.board.count({ where: { id: boardId } })) === 0) throw new Problem('not-found')
  const organization = await db.organization.findFirst({ where: { id: actor.organizationId } })
  const membership = await db.membership.findFirst({ where: { userId: actor.userId ?? '' } })
  const kept = await db.connector.findMany({ where: { inAnswers: false }, select: { provider: true } })
  return {
    isOn: organization?.askBoards ?? false,
    isNoticeRead: membership?.askNoticeAt != null,
    excluded: kept.map(({ provider }) => provider),
  }
}

/** Whether and how the caller can ask a board. Throws `not-found` for a board that is not there for them. */
export async function readAsk(actor: Actor, boardId: string): Promise<AskView> {
  allowAsking(actor)
  const provider = answeringProvider()
  const { isOn, isNoticeRead, excluded } = await withOrg(actor, (db) => readDecided(db, actor, boardId))
  const serving = (await servingConnections(actor)).get(provider.id)
  const state = askState(isOn, serving?.status ?? null)
  const mayManage = may(actor, 'connection.manage')
  return {
    state,
    message: explainState(state, { name: provider.name, organization: actor.organization.name, mayManage }),
    provider: { id: provider.id, name: provider.name },
    connectionId: state === 'ready' ? (serving?.id ?? null) : null,
    kind: provider.converse.kind,
    mayManage,
    isNoticeRead,
    excluded,
  }
}
