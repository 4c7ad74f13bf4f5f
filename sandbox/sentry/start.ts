import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { World } from '#sandbox/provider.ts'
import { StartIssue } from './control-input.ts'
import { organizations, projects, users } from './data.ts'
import { addIssue } from './new-issue.ts'
import { type State, startSettings } from './state.ts'
import { makeStandingTokens } from './tokens.ts'

const FIRST_ISSUE = 6_871_204_300

/** The simulated Sentry before anything happened to it; what its issues were last seen doing is counted back from now. */
export function startState(world: World): State {
  const state: State = {
    world,
    settings: startSettings(),
    users: users(),
    organizations: organizations(),
    projects: projects(),
    issues: [],
    tokens: new Map(),
    integrations: [],
    windows: new Map(),
    running: new Map(),
    budget: null,
    nextId: FIRST_ISSUE,
  }
  for (const { slug } of state.organizations) {
    for (const { project, ...fields } of startIssues(slug)) addIssue(state, slug, project, fields)
  }
  makeStandingTokens(state)
  return state
}

const known = new Map<string, z.infer<typeof StartIssue>[]>()

function startIssues(organization: string): z.infer<typeof StartIssue>[] {
  const file = new URL(`./data/${organization}.issues.json`, import.meta.url)
  const issues = known.get(organization) ?? z.array(StartIssue).parse(JSON.parse(readFileSync(file, 'utf8')))
  known.set(organization, issues)
  return issues
}
