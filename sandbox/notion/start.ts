import type { World } from '#sandbox/provider.ts'
import { acmeDatabases } from './data/acme-databases.ts'
import { acmePages } from './data/acme-pages.ts'
import { globexDatabases, globexPages } from './data/globex.ts'
import { workspaces } from './data.ts'
import { addDatabase, addPage } from './grow.ts'
import { type State, startSettings, workspaceOf } from './state.ts'

/** The simulated Notion before anything happened to it. */
export function startState(world: World): State {
  const state: State = {
    world,
    settings: startSettings(),
    workspaces: workspaces(world.url),
    things: new Map(),
    grants: new Map(),
    tokens: new Map(),
    codes: new Map(),
    requests: new Map(),
    budgets: new Map(),
    verificationToken: null,
    nextId: 0,
  }
  const grow = (domain: string, pages: typeof acmePages, databases: typeof acmeDatabases): void => {
    const workspace = workspaceOf(state, domain)
    if (!workspace) return
    for (const page of pages) addPage(state, workspace, null, page)
    for (const database of databases) addDatabase(state, workspace, null, database)
  }
  grow('acme', acmePages, acmeDatabases)
  grow('globex', globexPages, globexDatabases)
  return state
}
