import type { NewRun, NewWorkspace } from './control-input.ts'

type StartWorkspace = NewWorkspace & { organization: string; runs: readonly NewRun[] }
type Resource = NonNullable<NewWorkspace['resources']>[number]
type Output = NonNullable<NewWorkspace['outputs']>[number]

const KEPT_SECRET = 'sandbox-not-a-real-password'

/** One of AWS in the root module, unless said otherwise. */
const resource = (type: string, name: string, more: Partial<Resource> = {}): Resource => ({
  type,
  name,
  count: 1,
  module: 'root',
  provider: 'hashicorp/aws',
  ...more,
})
const shown = (name: string, value: unknown): Output => ({ name, value, isSensitive: false })
const hidden = (name: string, value: unknown): Output => ({ name, value, isSensitive: true })
const run = (by: string, created: string, status: NewRun['status'], message: string, more: NewRun = {}): NewRun => ({
  message,
  by,
  created,
  status,
  ...more,
})

/** The workspaces there are at the start with their runs, the newest first; times are counted back from now. */
export const startWorkspaces: readonly StartWorkspace[] = [
  {
    organization: 'acme',
    name: 'network-production',
    project: 'Platform',
    description: 'VPC and private subnets of production',
    tags: ['production', 'network'],
    repository: 'acme/infra',
    created: '300d',
    resources: [
      resource('aws_vpc', 'this', { module: 'network' }),
      resource('aws_subnet', 'private', { count: 3, module: 'network' }),
      resource('aws_route_table', 'private', { count: 3, module: 'network' }),
      resource('data.aws_availability_zones', 'available'),
    ],
    outputs: [
      shown('vpc_id', 'vpc-0acme10200016'),
      shown('private_subnet_ids', ['subnet-0a', 'subnet-0b', 'subnet-0c']),
    ],
    runs: [
      run('sam-o', '3h', 'planned', 'Open the metrics port to the collectors', { changes: 2 }),
      run('dana-k', '1d', 'planned_and_finished', 'Check the drift of route tables', { planOnly: true }),
      run('dana-k', '12d', 'applied', 'A third availability zone', { additions: 3 }),
      run('sam-o', '41d', 'applied', 'Networks, clusters and databases as code', { additions: 4 }),
    ],
  },
  {
    organization: 'acme',
    name: 'network-staging',
    project: 'Platform',
    description: 'VPC and private subnets of staging',
    tags: ['staging', 'network'],
    repository: 'acme/infra',
    created: '300d',
    resources: [
      resource('aws_vpc', 'this', { module: 'network' }),
      resource('aws_subnet', 'private', { count: 3, module: 'network' }),
    ],
    outputs: [shown('vpc_id', 'vpc-0acme10300016')],
    runs: [
      run('dana-k', '13d', 'applied', 'A third availability zone', { additions: 1 }),
      run('priya-n', '20d', 'discarded', 'Rename the route tables', { changes: 3 }),
    ],
  },
  {
    organization: 'acme',
    name: 'cluster-production',
    project: 'Platform',
    description: 'The cluster that serves orders',
    tags: ['production', 'kubernetes'],
    repository: 'acme/infra',
    created: '290d',
    resources: [
      resource('aws_eks_cluster', 'this', { module: 'cluster' }),
      resource('aws_eks_node_group', 'general', { count: 2, module: 'cluster' }),
      resource('aws_iam_role', 'nodes', { module: 'cluster' }),
    ],
    outputs: [shown('endpoint', 'https://cluster.acme.example'), hidden('admin_token', KEPT_SECRET)],
    runs: [
      run('sam-o', '40m', 'applying', 'Twelve nodes at most', { changes: 1 }),
      run('dana-k', '2d', 'errored', 'Kubernetes 1.33', { changes: 2 }),
      run('dana-k', '50h', 'canceled', 'Kubernetes 1.33, first try', { changes: 2 }),
      run('sam-o', '19d', 'applied', 'Bigger nodes', { changes: 1, additions: 1, destructions: 1 }),
    ],
  },
  {
    organization: 'acme',
    name: 'cluster-staging',
    project: 'Platform',
    tags: ['staging', 'kubernetes'],
    repository: 'acme/infra',
    created: '290d',
    resources: [resource('aws_eks_cluster', 'this', { module: 'cluster' })],
    outputs: [shown('endpoint', 'https://cluster.staging.acme.example')],
    runs: [run('dana-k', '4d', 'applied', 'Kubernetes 1.33', { changes: 1 })],
  },
  {
    organization: 'acme',
    name: 'orders-database',
    project: 'Platform',
    description: 'PostgreSQL of orders, with its replica',
    tags: ['production', 'database'],
    repository: 'acme/infra',
    isLocked: true,
    created: '250d',
    resources: [
      resource('aws_db_instance', 'orders', { count: 2 }),
      resource('random_password', 'orders', { provider: 'hashicorp/random' }),
    ],
    outputs: [shown('address', 'orders.db.acme.example'), hidden('password', KEPT_SECRET)],
    runs: [
      run('dana-k', '6d', 'policy_override', 'PostgreSQL 18', { changes: 2 }),
      run('sam-o', '33d', 'applied', 'Keep backups for 35 days', { changes: 2 }),
    ],
  },
  {
    organization: 'acme',
    name: 'web-cdn',
    description: 'What stands before the shop',
    tags: ['production', 'web'],
    repository: 'acme/web',
    created: '210d',
    resources: [resource('aws_cloudfront_distribution', 'shop'), resource('aws_s3_bucket', 'assets')],
    outputs: [shown('domain', 'shop.acme.example')],
    runs: [
      run('priya-n', '5h', 'applied', 'Cache pictures for a month', { changes: 1 }),
      run('priya-n', '9d', 'planned_and_finished', 'Nothing new'),
    ],
  },
  {
    organization: 'acme',
    name: 'legacy-dns',
    description: 'Zones from before the move',
    terraformVersion: '0.11.15',
    tags: ['legacy'],
    created: '400d',
    resources: [resource('aws_route53_zone', 'old', { count: 2 })],
    outputs: [],
    runs: [run('dana-k', '380d', 'applied', 'One zone less', { destructions: 1 })],
  },
  {
    organization: 'acme',
    name: 'lee-playground',
    executionMode: 'local',
    tags: [],
    created: '60d',
    resources: [],
    outputs: [],
    runs: [],
  },
  {
    organization: 'acme',
    name: 'payroll-production',
    project: 'Payroll',
    description: 'Payslips and what keeps them',
    tags: ['production'],
    repository: 'acme/payroll',
    created: '280d',
    resources: [resource('aws_s3_bucket', 'payslips')],
    outputs: [hidden('bucket', 'acme-payslips')],
    runs: [run('dana-k', '8d', 'applied', 'Encrypt payslips anew', { changes: 1 })],
  },
  {
    organization: 'globex',
    name: 'telemetry-production',
    description: 'Collectors of the warehouse',
    tags: ['production'],
    repository: 'globex-labs/telemetry',
    created: '200d',
    resources: [resource('google_cloud_run_v2_service', 'collector', { count: 2, provider: 'hashicorp/google' })],
    outputs: [shown('url', 'https://telemetry.globex.example')],
    runs: [run('sam-o', '15d', 'applied', 'Two collectors', { additions: 1 })],
  },
  {
    organization: 'globex',
    name: 'telemetry-staging',
    tags: ['staging'],
    created: '200d',
    resources: [],
    outputs: [],
    runs: [],
  },
  {
    organization: 'acme-eu',
    name: 'cluster-eu',
    description: 'Data that stays in Europe',
    tags: ['production'],
    created: '150d',
    resources: [resource('aws_eks_cluster', 'this', { module: 'cluster' })],
    outputs: [],
    runs: [run('sam-o', '70d', 'applied', 'A cluster in Frankfurt', { additions: 1 })],
  },
  {
    organization: 'acme-internal',
    name: 'vault-production',
    description: 'Secrets, on our own machines',
    tags: ['production'],
    created: '220d',
    resources: [resource('vsphere_virtual_machine', 'vault', { count: 3, provider: 'hashicorp/vsphere' })],
    outputs: [],
    runs: [run('dana-k', '22d', 'applied', 'A third node', { additions: 1 })],
  },
]
