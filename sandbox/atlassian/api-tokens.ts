import { type ApiToken, type State, unguessable } from './state.ts'

const DAY_MS = 86_400_000

/** Makes an API token for a person, in the form that Atlassian gives them: `ATATT3`, and a checksum after an equals sign. */
export function makeApiToken(
  state: State,
  about: Pick<ApiToken, 'email' | 'label' | 'scopes'>,
  days: number,
): ApiToken {
  const checksum = Buffer.from(unguessable(3)).toString('hex').toUpperCase()
  const token: ApiToken = {
    ...about,
    value: `ATATT3xFfGF0sandbox${unguessable(100)}=${checksum}`,
    expiresAt: state.world.clock.now() + days * DAY_MS,
  }
  state.apiTokens.set(token.value, token)
  return token
}
