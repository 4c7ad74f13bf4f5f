import type { World } from '#sandbox/provider.ts'
import { accounts, sites, standingTokens } from './data.ts'
import type { ApiToken, Atlassian, Settings, State } from './state.ts'

const startSettings = (): Settings => ({
  accessType: 'account',
  shareSites: null,
  grantScopes: null,
  appScopes: null,
  appPrivate: false,
  coop: false,
  tokenSeconds: 3600,
  idleSeconds: 90 * 86_400,
  leewaySeconds: 600,
  captcha: [],
  hostSite: 'acme',
})

function startState(world: World): State {
  const year = world.clock.now() + 365 * 86_400_000
  const tokens = standingTokens.map((token): ApiToken => ({ ...token, expiresAt: year }))
  return {
    world,
    settings: startSettings(),
    accounts: accounts(),
    sites: sites(),
    grants: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    apiTokens: new Map(tokens.map((token) => [token.value, token])),
    codes: new Map(),
    requests: new Map(),
    points: new Map(),
    bursts: new Map(),
    burstLimits: new Map(),
  }
}

const known = new WeakMap<World, Atlassian>()

/** The accounts, apps and tokens of a world, which its Jira and its Confluence share. */
export function atlassianOf(world: World): Atlassian {
  const there = known.get(world)
  if (there) return there
  const made: Atlassian = {
    state: startState(world),
    reset: () => {
      made.state = startState(world)
    },
  }
  known.set(world, made)
  return made
}
