import { ProviderFailure } from '#lib/providers/api.ts'
import type { Config } from '#lib/providers/define-api.ts'
import { type Place, placeOf } from './hosts.ts'

// Opaque to us, so their length is nobody's to know: developer.hashicorp.com/terraform/cloud-docs/api-docs
const workspace = /^ws-[A-Za-z0-9]{1,40}$/
const run = /^run-[A-Za-z0-9]{1,40}$/
const name = /^[A-Za-z0-9_-]{1,90}$/
const SWITCH = '.state'

const notFound = (): never => {
  throw new ProviderFailure('not_found')
}

/** Whether it may be an organization's or a workspace's name. */
export const isName = (text: string): boolean => name.test(text)
/** Whether it is a run's id. */
export const isRunId = (text: string): boolean => run.test(text)

/** What a link names a workspace by, and the installation it is a link of. */
export function namedId(place: Place, organization: string, called: string): string | null {
  return isName(organization) && isName(called) ? `${place}~${organization}~${called}` : null
}

/**
 * The path of a workspace. Throws ProviderFailure `not_found` for an id that is none of ours, and for a name in another
 * organization or installation than the connection's.
 */
export function workspacePath(id: string, config: Config): string {
  if (workspace.test(id)) return `/workspaces/${id}`
  const [place, organization = '', called = '', ...rest] = id.split('~')
  const isOwn =
    place === placeOf(config) &&
    organization.toLowerCase() === (config.organization ?? '').toLowerCase() &&
    rest.length === 0
  if (!isOwn || !isName(organization) || !isName(called)) return notFound()
  return `/organizations/${organization}/workspaces/${called}`
}

/** A run's id. Throws as workspacePath. */
export const readRunId = (id: string): string => (isRunId(id) ? id : notFound())

/** The id of the switch of a workspace's state, which has no id of its own until there is one. */
export const stateSwitch = (id: string): string => `${id}${SWITCH}`
/** Whether it is what a workspace, or the switch of its state, is called by Terraform: no name, which may be another's later. */
export const isWorkspaceId = (id: string): boolean => workspace.test(switchedState(id) ?? id)

/** The workspace whose state's switch it is; null for any other id. */
export const switchedState = (id: string): string | null => (id.endsWith(SWITCH) ? id.slice(0, -SWITCH.length) : null)
