import { resolve, walk } from '#sandbox/git/repository.ts'
import { header, json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, notFound, Refusal, readable } from './access.ts'
import { raw, wantsRaw, wrappedBase64 } from './contents.ts'
import { repositoryUrl } from './repository-shapes.ts'
import { nodeId } from './shapes.ts'

type Endpoint = Handler<Context>

/** GET /repos/{owner}/{repo}/git/trees/{sha}: any value of `recursive` asks for the whole tree. */
export const showTree: Endpoint = async (call, { owner = '', repo = '', sha = '' }, context) => {
  const repository = readable(context, owner, repo, 'contents=read')
  const { git } = repository
  if ((await git.branches()).length === 0) throw new Refusal(409, 'Git Repository is empty.')
  const tree = (await resolve(git, sha))?.tree ?? ((await git.tree(sha)) && sha)
  if (!tree) throw notFound()
  const { treeLimit } = context.state.settings
  const isWhole = call.query.has('recursive')
  const all = isWhole
    ? await walk(git, tree, treeLimit + 1)
    : ((await git.tree(tree)) ?? []).map((entry) => ({ ...entry, path: entry.name }))
  const base = `${repositoryUrl(context.state, repository)}/git`
  const shown = all.slice(0, treeLimit).map(async ({ path, mode, type, sha: own }) => ({
    path,
    mode,
    type,
    sha: own,
    ...(type === 'blob' && { size: await git.size(own) }),
    ...(type !== 'commit' && { url: `${base}/${type}s/${own}` }),
  }))
  return json(200, {
    sha: tree,
    url: `${base}/trees/${tree}`,
    tree: await Promise.all(shown),
    truncated: all.length > treeLimit,
  })
}

/** GET /repos/{owner}/{repo}/git/blobs/{sha} */
export const showBlob: Endpoint = async (call, { owner = '', repo = '', sha = '' }, context) => {
  const repository = readable(context, owner, repo, 'contents=read')
  const content = await repository.git.blob(sha)
  if (!content) throw notFound()
  if (wantsRaw(header(call, 'accept') ?? '')) return raw(content)
  const url = `${repositoryUrl(context.state, repository)}/git/blobs/${sha}`
  return json(200, {
    content: wrappedBase64(content),
    encoding: 'base64',
    url,
    sha,
    size: content.length,
    node_id: nodeId('Blob', sha),
  })
}
