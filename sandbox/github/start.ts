import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { diskRepository } from '#sandbox/git/disk.ts'
import { repositoryFromScript } from '#sandbox/git/script.ts'
import type { World } from '#sandbox/provider.ts'
import { NewIssue } from './control-input.ts'
import { newRepository, withIssues } from './control-repository.ts'
import { accounts, organizations, repositories, type StartRepository } from './data.ts'
import { type Account, type Repository, type State, startSettings } from './state.ts'

/** The simulated GitHub before anything happened to it. */
export function startState(world: World): State {
  const people = accounts()
  const served = world.repositories.map(({ owner, name, gitDir }, index) => ({
    ...newRepository(799_001 + index, owner, name, '2026-01-05T09:00:00Z'),
    description: 'The project itself, read from disk',
    git: diskRepository(gitDir),
  }))
  const owners = served.map(({ owner }, index) => ({ id: 88_101 + index, login: owner, description: '', members: [] }))
  const known = organizations()
  return {
    world,
    settings: startSettings(),
    accounts: people,
    organizations: [...known, ...owners.filter(({ login }) => !known.some((one) => one.login === login))],
    repositories: [...repositories.map((start) => repository(start, people)), ...served],
    tokens: new Map(),
    codes: new Map(),
    requests: new Map(),
    grants: new Map(),
    used: new Map(),
    failedLogins: { count: 0, since: world.clock.now() },
    nextId: 900_000,
  }
}

function repository({ from, ...start }: StartRepository, people: readonly Account[]): Repository {
  const base = { ...newRepository(start.id, start.owner, start.name, start.createdAt), ...start }
  if (from === undefined) return base
  const author = (login: string) => {
    const person = people.find((one) => one.login === login)
    return { name: person?.name ?? login, email: person?.emails[0]?.email ?? `${login}@example.com` }
  }
  base.git = repositoryFromScript(dataFile(`${from}.repo`) ?? '', author)
  withIssues(base, z.array(NewIssue).parse(JSON.parse(dataFile(`${from}.issues.json`) ?? '[]')), start.createdAt)
  return base
}

const texts = new Map<string, string | null>()

function dataFile(name: string): string | null {
  const known = texts.get(name)
  if (known !== undefined) return known
  const text = readIfThere(new URL(`./data/${name}`, import.meta.url))
  texts.set(name, text)
  return text
}

function readIfThere(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
