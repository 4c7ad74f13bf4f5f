import { readFileSync } from 'node:fs'
import { memoryRepository } from '#sandbox/git/memory.ts'
import { repositoryFromScript } from '#sandbox/git/script.ts'
import type { World } from '#sandbox/provider.ts'
import { accounts, projects, repositories, type StartRepository, workspaces } from './data.ts'
import { pullsOf } from './pulls-data.ts'
import { type Account, type Repository, type State, startSettings, uuidOf } from './state.ts'
import { makeStandingTokens } from './tokens.ts'

/** The simulated Bitbucket before anything happened to it. */
export function startState(world: World): State {
  const people = accounts()
  const state: State = {
    world,
    settings: startSettings(),
    accounts: people,
    workspaces: workspaces(),
    projects: projects(),
    repositories: repositories.map((one) => startRepository(one, people)),
    tokens: new Map(),
    used: new Map(),
    budget: null,
  }
  makeStandingTokens(state)
  return state
}

function startRepository({ isEmpty = false, grants = {}, ...about }: StartRepository, people: Account[]): Repository {
  const author = (nickname: string) => {
    const person = people.find((one) => one.nickname === nickname)
    return { name: person?.name ?? nickname, email: person?.email ?? `${nickname}@example.com` }
  }
  return {
    ...about,
    uuid: uuidOf(`repository ${about.workspace}/${about.slug}`),
    name: about.slug,
    changedOn: null,
    grants,
    git: isEmpty ? memoryRepository() : repositoryFromScript(history(`${about.workspace}-${about.slug}`), author),
    pulls: pullsOf(`${about.workspace}/${about.slug}`),
    hooks: [],
  }
}

const texts = new Map<string, string>()

function history(name: string): string {
  const text = texts.get(name) ?? readFileSync(new URL(`./data/${name}.repo`, import.meta.url), 'utf8')
  texts.set(name, text)
  return text
}
