import { boards, projects, sprints } from './data.ts'
import { issuesOfAcme } from './issues-of-acme.ts'
import { issuesOfOthers } from './issues-of-others.ts'
import type { Data } from './state.ts'

/** Jira before anything happened to it. */
export const startData = (): Data => ({
  projects: projects(),
  issues: [...issuesOfAcme(), ...issuesOfOthers()],
  boards: boards(),
  sprints: sprints(),
  nextId: 20_000,
})
