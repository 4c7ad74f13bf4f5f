import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, permissionOf, readable } from './access.ts'
import { detailedRepository } from './repository-shapes.ts'

/** GET /repos/{owner}/{repo} */
export const showRepository: Handler<Context> = async (_call, { owner = '', repo = '' }, context) => {
  const repository = readable(context, owner, repo)
  const permission = context.caller.account && permissionOf(context.state, context.caller.account.login, repository)
  return json(200, await detailedRepository(context.state, repository, permission))
}
