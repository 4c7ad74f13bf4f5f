import { type Entry, entryAt, type Repository as Git, resolve } from '#sandbox/git/repository.ts'
import { header, json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, notFound, Refusal, readable } from './access.ts'
import { repositoryPage, repositoryUrl } from './repository-shapes.ts'
import { webUrl } from './shapes.ts'
import type { Repository, State } from './state.ts'

type Endpoint = Handler<Context>

const INLINE_BYTES = 1_000_000
const LARGEST_BYTES = 100_000_000
const DIRECTORY_ENTRIES = 1000

/** The commit a ref means; an empty repository answers 409, an unknown ref 404. */
export async function commitAt(git: Git, ref?: string) {
  if ((await git.branches()).length === 0) throw new Refusal(409, 'Git Repository is empty.')
  const commit = await resolve(git, ref)
  if (!commit) throw new Refusal(404, `No commit found for the ref ${ref}`)
  return commit
}

/** Base64 as GitHub sends it: lines of 60 characters, each ended. */
export const wrappedBase64 = (content: Buffer): string => content.toString('base64').replace(/.{1,60}/g, '$&\n')

/** GET /repos/{owner}/{repo}/contents/{path}: a file, a link, a submodule, or the list of a folder. */
export const showContents: Endpoint = async (call, { owner = '', repo = '', path = '' }, context) => {
  const repository = readable(context, owner, repo, 'contents=read')
  const { git } = repository
  if ((await git.branches()).length === 0) throw new Refusal(404, 'This repository is empty.')
  const ref = call.query.get('ref') ?? (await git.defaultBranch())
  const commit = await commitAt(git, ref)
  const at = { state: context.state, repository, ref }
  const entry = await entryAt(git, commit.tree, path)
  if (!entry) throw notFound()
  const accept = header(call, 'accept') ?? ''
  const clean = path.split('/').filter(Boolean).join('/')
  if (entry.type === 'tree') return showFolder(at, entry, clean, context.version, accept)
  if (entry.type === 'commit') return json(200, await submodule(at, entry, clean, commit.tree))
  if (entry.mode === '120000') return showLink(at, entry, clean, commit.tree, accept)
  return showFile(at, entry, clean, accept)
}

/** GET /repos/{owner}/{repo}/readme */
export const showReadme: Endpoint = async (call, params, context) => {
  const repository = readable(context, params.owner ?? '', params.repo ?? '', 'contents=read')
  const commit = await commitAt(repository.git, call.query.get('ref') ?? undefined)
  const readme = ((await repository.git.tree(commit.tree)) ?? []).find(({ name }) => /^readme(\.|$)/i.test(name))
  if (!readme) throw notFound()
  return showContents(call, { ...params, path: readme.name }, context)
}

type At = { state: State; repository: Repository; ref: string }

async function showFolder(at: At, entry: Entry, path: string, version: string, accept: string) {
  const inside = ((await at.repository.git.tree(entry.sha)) ?? []).slice(0, DIRECTORY_ENTRIES)
  const entries = await Promise.all(
    inside.map((inner) => directoryEntry(at, inner, path === '' ? inner.name : `${path}/${inner.name}`, version)),
  )
  if (!/vnd\.github(\.v3)?\.object/.test(accept)) return json(200, entries)
  return json(200, { ...links(at, entry, path, 'trees'), type: 'dir', size: 0, download_url: null, entries })
}

// Version 2026-03-10 lists submodules as what they are; before it they were listed as files.
async function directoryEntry(at: At, entry: Entry, path: string, version: string) {
  const isFolder = entry.type === 'tree'
  const submoduleType = version === '2022-11-28' ? 'file' : 'submodule'
  const type = isFolder ? 'dir' : entry.type === 'commit' ? submoduleType : entry.mode === '120000' ? 'symlink' : 'file'
  const size = entry.type === 'blob' ? await at.repository.git.size(entry.sha) : 0
  const download = entry.type === 'blob' ? downloadUrl(at, path) : null
  return { ...links(at, entry, path, isFolder ? 'trees' : 'blobs'), type, size, download_url: download }
}

async function showFile(at: At, entry: Entry, path: string, accept: string) {
  const content = await at.repository.git.blob(entry.sha)
  if (!content) throw notFound()
  if (content.length > LARGEST_BYTES) throw new Refusal(403, 'This API returns blobs up to 100 MB in size.')
  if (wantsRaw(accept)) return raw(content)
  const isInline = content.length <= INLINE_BYTES
  return json(200, {
    ...links(at, entry, path, 'blobs'),
    type: 'file',
    encoding: isInline ? 'base64' : 'none',
    size: content.length,
    content: isInline ? wrappedBase64(content) : '',
    download_url: downloadUrl(at, path),
  })
}

// A link to a file inside the repository is answered as that file; any other as a link.
async function showLink(at: At, entry: Entry, path: string, tree: string, accept: string) {
  const target = String((await at.repository.git.blob(entry.sha)) ?? '')
  const resolved = new URL(target, `file:///${path}`).pathname.slice(1)
  const file = await entryAt(at.repository.git, tree, decodeURIComponent(resolved))
  if (file?.type === 'blob' && file.mode !== '120000') return showFile(at, file, path, accept)
  return json(200, {
    ...links(at, entry, path, 'blobs'),
    type: 'symlink',
    target,
    size: target.length,
    download_url: downloadUrl(at, path),
  })
}

async function submodule(at: At, entry: Entry, path: string, tree: string) {
  const modules = await entryAt(at.repository.git, tree, '.gitmodules')
  const text = String((modules && (await at.repository.git.blob(modules.sha))) ?? '')
  const section = text.split(/^\[/m).find((part) => part.includes(`path = ${path}\n`))
  const url = /url = (\S+)/.exec(section ?? '')?.[1] ?? null
  const page = url === null ? null : `${url.replace(/\.git$/, '')}/tree/${entry.sha}`
  const self = links(at, entry, path, 'trees')
  return {
    ...self,
    type: 'submodule',
    submodule_git_url: url,
    size: 0,
    html_url: page,
    download_url: null,
    _links: { ...self._links, html: page },
  }
}

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/')
const downloadUrl = ({ state, repository, ref }: At, path: string): string =>
  `${webUrl(state.world)}/${repository.owner}/${repository.name}/raw/${encoded(ref)}/${encoded(path)}`

function links({ state, repository, ref }: At, entry: Entry, path: string, kind: 'blobs' | 'trees') {
  const self = `${repositoryUrl(state, repository)}/contents/${encoded(path)}?ref=${encodeURIComponent(ref)}`
  const git = `${repositoryUrl(state, repository)}/git/${kind}/${entry.sha}`
  const html = `${repositoryPage(state, repository)}/${kind === 'trees' ? 'tree' : 'blob'}/${encoded(ref)}/${encoded(path)}`
  return {
    name: entry.name,
    path,
    sha: entry.sha,
    url: self,
    html_url: html,
    git_url: git,
    _links: { self, git, html },
  }
}

/** Whether the file itself is asked for, not JSON about it. */
export const wantsRaw = (accept: string): boolean => /vnd\.github(\.v3)?\.raw/.test(accept)
/** A file as it is. */
export const raw = (content: Buffer) => ({
  status: 200,
  headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' },
  body: content,
})
