import { z } from 'zod'
import type { ResourceView } from '#lib/resources/schema.ts'

// What a provider's reader says of a thing. A field that is missing or of another type leaves its line out.
const text = z.string().catch('')
const number = z.number().optional().catch(undefined)
const texts = z.array(z.string()).catch([])

export const RepositoryBody = z.object({
  description: text,
  defaultBranch: text,
  language: text,
  visibility: text,
  state: text,
})
export const FileBody = z.object({
  path: text,
  ref: text,
  commit: text,
  firstLine: z.number().catch(1),
  lines: texts,
  omitted: z.enum(['binary', 'too_large', 'symlink', 'submodule']).optional().catch(undefined),
})
export const DirectoryBody = z.object({
  path: text,
  ref: text,
  total: number,
  entries: z.array(z.object({ name: z.string(), type: text })).catch([]),
})
export const CodeSearchBody = z.object({
  query: text,
  repository: text,
  total: number,
  hits: z.array(z.object({ path: z.string(), repository: text, url: text, fragment: text })).catch([]),
})
export const IssueBody = z.object({
  state: text,
  stateReason: text,
  author: text,
  assignees: texts,
  labels: texts,
  comments: number,
  base: text,
  head: text,
  additions: number,
  deletions: number,
})

/** A resource's body in the shape that its kind has. */
export const bodyOf = <T>(schema: z.ZodType<T>, resource: ResourceView): T => schema.parse(resource.body ?? {})

/** What a thing is called on a board: a file and a directory by their path, which tells one README.md from another. */
export function titleOf(resource: ResourceView): string {
  const isPlace = resource.kind === 'file' || resource.kind === 'directory'
  return (isPlace && bodyOf(FileBody, resource).path) || resource.title
}
