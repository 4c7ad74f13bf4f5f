import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { repositoryPage } from './repositories.ts'

const User = z.object({ display_name: z.string().nullish() })

/** Whose token it is (developer.atlassian.com/cloud/bitbucket/rest/api-group-users). */
export const readUser = (api: Api) => api('/user', { schema: User })

/** The name of whose token it is; a token that may not tell works all the same, whatever it is refused with. */
async function personOf(api: Api): Promise<string> {
  try {
    return (await readUser(api)).display_name?.trim() ?? ''
  } catch (error) {
    if (error instanceof ProviderFailure) return ''
    throw error
  }
}

/**
 * Which workspace a token opens, told by its repositories: a token that may read them is good, and need not be able to do more.
 * A workspace is known by what stands in its addresses, which is all that an empty one tells.
 */
export async function identify(api: Api, { config = {} }: Grant): Promise<Identity> {
  const { workspace = '' } = config
  const { values } = await repositoryPage(api, { pagelen: 1 })
  const [repository] = values
  const person = await personOf(api)
  return {
    id: workspace,
    label: repository?.workspace?.name?.trim() || workspace,
    url: repository?.workspace?.links?.html.href ?? `${api.web}/${workspace}/`,
    ...(person === '' || person.includes('@') ? {} : { person }),
    // so it is answered for any workspace that there is, also to somebody who has nothing to do with it
    ...(repository
      ? {}
      : {
          warning: `This account works on no repository of “${workspace}”, so there is nothing to show. Check the workspace, or give the account access in Bitbucket.`,
        }),
  }
}
