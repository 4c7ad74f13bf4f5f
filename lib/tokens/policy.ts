import { Problem } from '#lib/platform/problem.ts'
import type { Limit } from '#lib/platform/rate-limit.ts'
import { may, type Right } from '#lib/tenancy/policy.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'
import { Scope } from './schema.ts'

/** The right without which a scope would open nothing to its maker. */
const needs: Partial<Record<Scope, Right>> = {
  'boards:write': 'boards.edit',
  'connections:read': 'hub.see',
  'connections:write': 'hub.see',
  'members:read': 'members.see',
  'members:write': 'members.manage',
  'organization:write': 'organization.configure',
  'governance:read': 'governance.see',
  'governance:write': 'governance.change',
  'audit:read': 'activity.see',
}

type Holder = { role: RoleName | null }

/** Which scopes somebody of this role can give a token. */
export const scopesFor = (holder: Holder): Scope[] =>
  Scope.options.filter((scope) => {
    const right = needs[scope]
    return right === undefined || may(holder, right)
  })

/** Whether somebody of this role may have tokens that work, as the organization decided it. */
export const mayHoldTokens = (holder: Holder, whoMayMakeTokens: string): boolean =>
  may(holder, 'tokens.manage') || (whoMayMakeTokens === 'members' && may(holder, 'tokens.see'))

/** Who may make tokens, for those who may not. */
export const whoMakesTokens = (whoMayMakeTokens: string): string =>
  `Only ${whoMayMakeTokens === 'members' ? 'owners, admins and members' : 'owners and admins'} can make API tokens here.`

/** Throws `forbidden` with who can, unless this actor may make tokens. */
export function allowTokens(actor: Holder, whoMayMakeTokens: string): void {
  if (!mayHoldTokens(actor, whoMayMakeTokens))
    throw new Problem('forbidden', `${whoMakesTokens(whoMayMakeTokens)} Ask one of them.`)
}

/** How many tokens one person may have at a time. */
export const MOST_TOKENS = 50

export const limits = {
  make: { name: 'api-token', count: 60, seconds: 60 * 60 },
  refused: { name: 'api-token-refused', count: 120, seconds: 60 },
  refusalNoted: { name: 'api-token-refusal-noted', count: 1, seconds: 60 * 60 },
} as const satisfies Record<string, Limit>

/** The refusal of an operation that a token's scopes do not cover: which one, and who can give it. */
export const scopeMissing = (scope: Scope, token: string, creator: { name: string } & Holder): Problem =>
  new Problem(
    'scope-missing',
    `The token “${token}” lacks the scope ${scope}. ${
      scopesFor(creator).includes(scope)
        ? `${creator.name} can make one that has it, under Settings, API tokens.`
        : `${creator.name}, whom it acts as, may not do this either: ask an owner or an admin.`
    }`,
    { members: { scope } },
  )
