import { type Context, Refusal, required, requireScope } from './access.ts'
import { limitOf, pageOf } from './paging.ts'
import { personShape, webUrl } from './shapes.ts'
import { personOf, slackApp } from './state.ts'

/** auth.test: whose token this is. */
export function testAuth({ caller, state }: Context): object {
  const { token, workspace, installation, person } = caller
  return {
    url: `${webUrl(state)}/`,
    team: workspace.name,
    user: person.login,
    team_id: workspace.id,
    user_id: person.id,
    ...(token.kind === 'bot' && { bot_id: installation.botId }),
    ...(token.expiresAt !== null && { expires_in: Math.round((token.expiresAt - state.world.clock.now()) / 1000) }),
    app_id: slackApp(state.world).id,
    app_name: slackApp(state.world).name,
    is_enterprise_install: false,
  }
}

/** team.info; a workspace has no plan that an app could see. */
export function showTeam({ caller, args, state }: Context): object {
  requireScope(caller, 'team:read')
  const { id, name, domain } = caller.workspace
  if (args.team !== undefined && args.team !== id) throw new Refusal('team_not_found')
  const icons = [34, 44, 68, 88, 102, 132].map((size) => [
    `image_${size}`,
    `${webUrl(state)}/avatars/${id}?size=${size}`,
  ])
  return {
    team: {
      id,
      name,
      domain,
      email_domain: `${domain.split('-')[0]}.example`,
      icon: { ...Object.fromEntries(icons), image_default: true },
    },
  }
}

const EVERYONE = 100_000

/** users.list: everyone, those who left and the bots too. */
export function listPeople({ caller, args, state }: Context): object {
  requireScope(caller, 'users:read')
  if (!args.limit && state.settings.largeTeam) throw new Refusal('limit_required')
  const { workspace } = caller
  const { shown, next } = pageOf(args, workspace.people, {
    kind: 'user',
    keyOf: ({ id }) => id,
    limit: limitOf(args, EVERYONE, 999),
  })
  const showsEmail = caller.scopes.includes('users:read.email')
  return {
    members: shown.map((person) => personShape(state, workspace, person, showsEmail)),
    cache_ts: Math.floor(state.world.clock.now() / 1000),
    response_metadata: { next_cursor: next },
  }
}

/** users.info */
export function showPerson({ caller, args, state }: Context): object {
  requireScope(caller, 'users:read')
  const id = required(args, 'user')
  const person = personOf(caller.workspace, id)
  if (person?.id !== id) throw new Refusal('user_not_found')
  return { user: personShape(state, caller.workspace, person, caller.scopes.includes('users:read.email')) }
}
