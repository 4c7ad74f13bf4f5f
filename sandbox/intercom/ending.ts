import { deliver } from './deliver.ts'
import { type Admin, intercomApp, type State, type Token, type Workspace } from './state.ts'

/** Ends the tokens that `isMeant` names; answers how many ended. */
export function endTokens(state: State, isMeant: (token: Token) => boolean): number {
  const ending = [...state.tokens.values()].filter((token) => !token.hasEnded && isMeant(token))
  for (const token of ending) token.hasEnded = true
  return ending.length
}

/** Takes the app out of a workspace: every token for it ends, and the app is told where control asked for it. */
export function uninstall(state: State, { code }: Workspace): number {
  const ended = endTokens(state, (token) => token.code === code)
  const wasThere = state.installed.delete(code)
  if (wasThere && state.settings.sendsEvents)
    void deliver({ url: intercomApp(state.world).uninstallUrl, body: JSON.stringify({ app_id: code }), secret: null })
  return ended
}

/** Ends what one teammate authorized. */
export const endAdmin = (state: State, { code }: Workspace, { id }: Admin): number =>
  endTokens(state, (token) => token.code === code && token.adminId === id)
