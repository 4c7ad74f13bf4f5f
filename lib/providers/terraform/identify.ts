import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { isHidden } from './failure.ts'
import { enterprise, pageAt } from './hosts.ts'
import { isName } from './ids.ts'
import { readOne } from './shapes.ts'

const Account = z.object({
  relationships: z.object({ 'authenticated-resource': z.object({ data: z.object({ type: z.string() }) }) }),
})
const Organization = z.object({ id: z.string(), attributes: z.object({ 'external-id': z.string() }) })

const kinds: Readonly<Record<string, string>> = { users: 'user', teams: 'team' }

/** Whose token it is: a team's or a person's. Throws `setup` for any other, which could read no run. */
async function kindOf(api: Api): Promise<string> {
  const { data } = await readOne(api, '/account/details', Account)
  const { type } = data.relationships['authenticated-resource'].data
  const kind = kinds[type]
  if (kind) return kind
  throw new ProviderFailure('setup', { detail: type === 'organizations' ? 'organization_token' : 'other_token' })
}

async function readOrganization(api: Api, name: string) {
  try {
    return (await readOne(api, `/organizations/${name}`, Organization)).data
  } catch (error) {
    throw isHidden(error) ? new ProviderFailure('not_found', { status: 404, cause: error }) : error
  }
}

/**
 * Which organization a token opens. Its key is the id that it keeps when it is renamed, so that it is the same account once it
 * is connected by its new name; by the old one Terraform finds nothing. Each Terraform Enterprise counts for itself, so its
 * host is part of the key (developer.hashicorp.com/terraform/cloud-docs/api-docs/account).
 */
export async function identify(api: Api): Promise<Identity> {
  const kind = await kindOf(api)
  const { organization = '' } = api.config
  if (!isName(organization)) throw new ProviderFailure('not_found')
  const { id, attributes } = await readOrganization(api, organization)
  const own = enterprise(api.config)
  const key = attributes['external-id']
  return {
    id: own === '' ? key : `${new URL(own).host}/${key}`,
    label: id,
    url: pageAt(api, id),
    capabilities: { token: kind },
    config: { organization: id },
  }
}
