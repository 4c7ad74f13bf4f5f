import type { Handler } from '#sandbox/route.ts'
import { type Context, levelOf, managesTeams, reached, readableOrganization } from './access.ts'
import { listed } from './paging.ts'
import { document } from './refusal.ts'
import type { Organization, Project } from './state.ts'

type Endpoint = Handler<Context>

const OWNERS_MAY = [
  'can-update',
  'can-destroy',
  'can-create-team',
  'can-create-workspace',
  'can-manage-users',
  'can-manage-subscription',
  'can-manage-sso',
  'can-update-oauth',
  'can-update-sentinel',
  'can-update-ssh-keys',
  'can-update-api-token',
  'can-update-agent-pools',
  'can-manage-tags',
  'can-manage-varsets',
  'can-manage-public-providers',
  'can-manage-public-modules',
  'can-manage-run-tasks',
  'can-create-project',
  'can-create-module',
  'can-create-provider',
]

function permissionsOf(context: Context, organization: Organization): Record<string, boolean> {
  const isOwner = managesTeams(context, organization)
  return {
    ...Object.fromEntries(OWNERS_MAY.map((name) => [name, isOwner])),
    'can-access-via-teams': true,
    'can-traverse': true,
    'can-read-varsets': true,
    'can-read-run-tasks': true,
    'can-manage-custom-providers': false,
    'can-start-trial': false,
  }
}

// What is the same of every organization here.
const ALWAYS = {
  'session-timeout': null,
  'session-remember': null,
  'collaborator-auth-policy': 'password',
  'plan-expired': false,
  'plan-expires-at': null,
  'plan-is-trial': false,
  'send-passing-statuses-for-untriggered-speculative-plans': false,
  'aggregated-commit-status-enabled': true,
  'speculative-plan-management-enabled': true,
  'allow-force-delete-workspaces': false,
  'fair-run-queuing-enabled': true,
  'saml-enabled': false,
  'owners-team-saml-role-id': null,
  'two-factor-conformant': false,
  'assessments-enforced': false,
  'default-execution-mode': 'remote',
}

function shownOrganization(context: Context, organization: Organization) {
  const { name, externalId, email, createdAt, plan } = organization
  const path = `/api/v2/organizations/${name}`
  return {
    id: name,
    type: 'organizations',
    attributes: {
      ...ALWAYS,
      'external-id': externalId,
      'created-at': createdAt,
      email,
      'plan-is-enterprise': plan === 'enterprise',
      'plan-identifier': plan,
      'cost-estimation-enabled': organization.entitlements['cost-estimation'] === true,
      name,
      permissions: permissionsOf(context, organization),
    },
    relationships: {
      'default-agent-pool': { data: null },
      'oauth-tokens': { links: { related: `${path}/oauth-tokens` } },
      'authentication-token': { links: { related: `${path}/authentication-token` } },
      'entitlement-set': {
        data: { id: externalId, type: 'entitlement-sets' },
        links: { related: `${path}/entitlement-set` },
      },
      subscription: { links: { related: `${path}/subscription` } },
    },
    links: { self: path },
  }
}

/** GET /organizations: all of them at once, without `meta`, unless a page is asked for. */
export const listOrganizations: Endpoint = (call, _params, context) =>
  listed(call, context.state, reached(context), (one) => shownOrganization(context, one), { isWholeByDefault: true })

/** GET /organizations/{org} */
export const showOrganization: Endpoint = (_call, { org = '' }, context) =>
  document(200, { data: shownOrganization(context, readableOrganization(context, org)) })

/** GET /organizations/{org}/entitlement-set: what its plan has. */
export const showEntitlements: Endpoint = (_call, { org = '' }, context) => {
  const { externalId, entitlements } = readableOrganization(context, org)
  const limits = {
    'policy-limit': null,
    'policy-mandatory-enforcement-limit': null,
    'policy-set-limit': null,
    'run-task-limit': null,
    'run-task-mandatory-enforcement-limit': null,
    'run-task-workspace-limit': null,
    'user-limit': null,
    'versioned-policy-set-limit': null,
  }
  return document(200, {
    data: {
      id: externalId,
      type: 'entitlement-sets',
      attributes: { ...entitlements, ...limits },
      links: { self: `/api/v2/entitlement-sets/${externalId}` },
    },
  })
}

function shownProject(context: Context, { id, name, description, organization }: Project) {
  const { state } = context
  const workspaces = state.workspaces.filter(({ project }) => project === id)
  const names = workspaces.map((one) => one.name)
  const teams = state.teams.filter(
    (team) => team.organization === organization && names.some((one) => team.access[one] !== undefined),
  )
  const isOwner = managesTeams(context, readableOrganization(context, organization))
  const path = `/api/v2/projects/${id}`
  return {
    id,
    type: 'projects',
    attributes: {
      name,
      description,
      'workspace-count': workspaces.length,
      'team-count': teams.length,
      permissions: { 'can-update': isOwner, 'can-destroy': isOwner, 'can-create-workspace': isOwner },
    },
    relationships: {
      organization: {
        data: { id: organization, type: 'organizations' },
        links: { related: `/api/v2/organizations/${organization}` },
      },
      'tag-bindings': { links: { related: `${path}/tag-bindings` } },
      'effective-tag-bindings': { links: { related: `${path}/effective-tag-bindings` } },
    },
    links: { self: path },
  }
}

/** GET /organizations/{org}/projects: those with a workspace that this token reads, or all for the owners. */
export const listProjects: Endpoint = (call, { org = '' }, context) => {
  const organization = readableOrganization(context, org)
  const { projects, workspaces } = context.state
  const isOwner = managesTeams(context, organization)
  const words = (call.query.get('q') ?? '').toLowerCase()
  const found = projects
    .filter((one) => one.organization === organization.name && one.name.toLowerCase().includes(words))
    .filter(({ id }) => isOwner || workspaces.some((one) => one.project === id && levelOf(context, one) !== null))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return listed(call, context.state, found, (one) => shownProject(context, one))
}
