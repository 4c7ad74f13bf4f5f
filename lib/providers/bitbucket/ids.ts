import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { sourceIds } from '#lib/providers/source-ids.ts'

// Names are compared without regard to case, and answers have them in lower case.
const lower = z.string().transform((text) => text.toLowerCase())
/** A workspace as it stands in addresses (support.atlassian.com/bitbucket-cloud/docs/what-is-a-workspace). */
export const Workspace = lower.pipe(z.string().regex(/^[a-z0-9_][a-z0-9_-]{0,61}$/))
const Slug = lower.pipe(
  z
    .string()
    .regex(/^[a-z0-9._-]{1,100}$/)
    .refine((slug) => slug !== '.' && slug !== '..'),
)

export const { RepositoryId, DirectoryId, FileId, CodeSearchId, NumberId, placeOf, parentId } = sourceIds(
  Workspace,
  Slug,
)

/**
 * A repository's address in the API. Throws ProviderFailure `not_found` for one of another workspace than the connection's: its
 * token opens whatever its person can open, and one workspace was meant.
 */
export function repositoryPath(api: Api, workspace: string, slug: string): string {
  if (workspace !== api.config.workspace) throw new ProviderFailure('not_found')
  return `/repositories/${workspace}/${slug}`
}
