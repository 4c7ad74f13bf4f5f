import type { Context } from './access.ts'
import { keepObject } from './archivist.ts'
import { idOf, isoTime, type Output, type Resource, type StateVersion, type Workspace } from './state.ts'

const STATE_SECONDS = 25 * 3600

const providerName = ({ provider }: Resource): string => `provider["registry.terraform.io/${provider}"]`
const kindOf = ({ type }: Resource): string => type.replaceAll('_', '-')

/** How many of each kind there are, by module or by provider. */
function counted(
  resources: readonly Resource[],
  by: (one: Resource) => string,
): Record<string, Record<string, number>> {
  const groups: Record<string, Record<string, number>> = {}
  for (const one of resources) {
    const group = groups[by(one)] ?? {}
    group[kindOf(one)] = (group[kindOf(one)] ?? 0) + one.count
    groups[by(one)] = group
  }
  return groups
}

// A state file has every value in clear, those marked sensitive too.
function fileOf({ terraformVersion, resources, outputs }: Workspace, { serial }: StateVersion): string {
  return JSON.stringify({
    version: 4,
    terraform_version: terraformVersion,
    serial,
    outputs: Object.fromEntries(
      outputs.map(({ name, value, isSensitive }) => [name, { value, sensitive: isSensitive }]),
    ),
    resources: resources.map(({ type, name }) => ({ mode: 'managed', type, name, instances: [] })),
  })
}

const outputId = ({ id }: StateVersion, { name }: Output): string => idOf('wsout', `${id} ${name}`)

/** Whether it is known what is in a state version: of the newest only once it was read. */
const isRead = ({ state }: Context, workspace: Workspace, { serial }: StateVersion): boolean =>
  workspace.isProcessed || state.stateVersions.some((one) => one.workspace === workspace.id && one.serial > serial)

function attributesOf(context: Context, workspace: Workspace, version: StateVersion) {
  const file = fileOf(workspace, version)
  const isProcessed = isRead(context, workspace, version)
  const resources = isProcessed ? workspace.resources : []
  const address = () => keepObject(context.state, STATE_SECONDS, 'application/json', file)
  return {
    'billable-rum-count': resources.length,
    'created-at': isoTime(version.createdAt),
    size: Buffer.byteLength(file),
    'hosted-state-download-url': address(),
    'hosted-state-upload-url': null,
    'hosted-json-state-download-url': address(),
    'hosted-json-state-upload-url': null,
    status: 'finalized',
    intermediate: false,
    modules: counted(resources, ({ module }) => module),
    providers: counted(resources, providerName),
    resources: resources.map((one) => ({ ...one, provider: providerName(one) })),
    'resources-processed': isProcessed,
    serial: version.serial,
    'state-version': 4,
    'terraform-version': workspace.terraformVersion,
    'vcs-commit-url': null,
    'vcs-commit-sha': null,
  }
}

/** A state version; while the newest is being read, what is in it is not known yet. */
export function shownState(context: Context, workspace: Workspace, version: StateVersion) {
  const { state, host } = context
  const run = state.runs.find(({ id }) => id === version.run)
  const by = state.users.find(({ username, host: at }) => username === run?.by && at === host)
  const outputs = isRead(context, workspace, version) ? workspace.outputs : []
  return {
    id: version.id,
    type: 'state-versions',
    attributes: attributesOf(context, workspace, version),
    relationships: {
      run: { data: { id: version.run, type: 'runs' } },
      'created-by': {
        data: by ? { id: by.id, type: 'users' } : null,
        links: { self: `/api/v2/users/${by?.id}`, related: `/api/v2/runs/${version.run}/created-by` },
      },
      workspace: { data: { id: workspace.id, type: 'workspaces' } },
      outputs: { data: outputs.map((one) => ({ id: outputId(version, one), type: 'state-version-outputs' })) },
    },
    links: { self: `/api/v2/state-versions/${version.id}` },
  }
}

function typesOf(value: unknown): { type: string; detailed: unknown } {
  if (Array.isArray(value)) return { type: 'array', detailed: ['tuple', value.map((one) => typesOf(one).detailed)] }
  if (typeof value === 'number') return { type: 'number', detailed: 'number' }
  if (typeof value === 'boolean') return { type: 'boolean', detailed: 'bool' }
  if (typeof value !== 'object' || value === null) return { type: 'string', detailed: 'string' }
  const fields = Object.entries(value).map(([name, one]) => [name, typesOf(one).detailed])
  return { type: 'map', detailed: ['object', Object.fromEntries(fields)] }
}

/** An output of a state; the value of a sensitive one is left out. */
export function shownOutput(version: StateVersion, output: Output) {
  const id = outputId(version, output)
  const { type, detailed } = typesOf(output.value)
  return {
    id,
    type: 'state-version-outputs',
    attributes: {
      name: output.name,
      sensitive: output.isSensitive,
      type,
      value: output.isSensitive ? null : output.value,
      'detailed-type': detailed,
    },
    links: { self: `/api/v2/state-version-outputs/${id}` },
  }
}

/** Each instance of what a workspace manages. */
export function shownResources({ resources, id }: Workspace, version: StateVersion): unknown[] {
  const at = isoTime(version.createdAt).slice(0, 10)
  return resources
    .filter(({ type }) => !type.startsWith('data.'))
    .flatMap((one) => Array.from({ length: one.count }, (_, n) => ({ one, index: one.count > 1 ? n : null })))
    .map(({ one: { type, name, module, provider }, index }) => {
      const inModule = module === 'root' ? '' : `module.${module}.`
      const address = `${inModule}${type}.${name}${index === null ? '' : `[${index}]`}`
      return {
        id: idOf('wsr', `${id} ${address}`),
        type: 'resources',
        attributes: {
          address,
          name,
          'created-at': at,
          'updated-at': at,
          module,
          provider,
          'provider-type': type,
          'modified-by-state-version-id': version.id,
          'name-index': index === null ? null : String(index),
        },
      }
    })
}
