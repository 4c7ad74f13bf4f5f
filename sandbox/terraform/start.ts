import type { World } from '#sandbox/provider.ts'
import { organizations, projects, standingTokens, teams, users } from './data.ts'
import { addRun, addWorkspace } from './new-workspace.ts'
import { type State, startSettings } from './state.ts'
import { keepToken } from './tokens.ts'
import { startWorkspaces } from './workspaces-data.ts'

const DAY_MS = 86_400_000

/** The simulated Terraform before anything happened to it. */
export function startState(world: World): State {
  const state: State = {
    world,
    settings: startSettings(),
    users: users(),
    organizations: organizations(),
    teams: teams(),
    projects: projects(),
    workspaces: [],
    runs: [],
    stateVersions: [],
    notifications: [],
    tokens: new Map(),
    objects: new Map(),
    windows: new Map(),
    nextId: 0,
  }
  for (const { organization, runs, ...fields } of startWorkspaces) {
    const workspace = addWorkspace(state, organization, fields)
    for (const run of runs.toReversed()) addRun(state, workspace, run)
  }
  const now = world.clock.now()
  for (const { word, isExpired, ...about } of standingTokens) {
    const value = `sandbox${word}.atlasv1.${word.repeat(9)}`
    keepToken(state, { ...about, value, createdAt: now - 90 * DAY_MS, expiresAt: isExpired ? now - DAY_MS : null })
  }
  return state
}
