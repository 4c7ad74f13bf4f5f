import { createApi } from '#lib/providers/api.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import { terraform } from '#lib/providers/terraform/provider.ts'
import { choose, type Exchanges, fixtureOf, readerOf } from './exchanges.ts'
import { type Received, type Reply, serve } from './loopback.ts'

/** A fixture of Terraform by its name. */
export const terraformFixture = fixtureOf('terraform')

/** What is kept of a connection with the organization of the fixtures. */
const lathe: Config = { organization: 'lathe' }

const missing: Reply = { status: 404, body: { errors: [{ status: '404', title: 'not found' }] } }

/** Terraform's API as exchanges tell it, over HTTP; anything else is 404, as there. */
export async function terraformApi(
  exchanges: Exchanges,
  config: Config = lathe,
): Promise<{ api: Api; received: Received[] }> {
  const { url, received } = await serve((request) => choose(exchanges, request, missing))
  const { api: base, web = '' } = terraform.endpoints({ api: url, eu: url }, config)
  const grant = { token: 'lathe.atlasv1.notARealToken', config }
  return { api: createApi({ provider: terraform, grant, base, web, config }), received }
}

/** Terraform's reader of a kind, with every way to read; a way that it lacks fails. */
export const terraformReader = readerOf(terraform)
