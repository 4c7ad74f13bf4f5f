// support.atlassian.com/bitbucket-cloud/docs/api-token-permissions: none of them implies another.
const ABOUT: Readonly<Record<string, string>> = {
  'read:user:bitbucket': 'View user info',
  'read:email:bitbucket': 'View e-mail addresses',
  'read:workspace:bitbucket': 'View workspaces',
  'read:project:bitbucket': 'View projects',
  'read:repository:bitbucket': 'View repositories',
  'write:repository:bitbucket': 'Modify repositories',
  'admin:repository:bitbucket': 'Administer repositories',
  'read:pullrequest:bitbucket': 'View pull requests',
  'write:pullrequest:bitbucket': 'Modify pull requests',
  'read:webhook:bitbucket': 'View webhooks',
  'write:webhook:bitbucket': 'Modify webhooks',
  'delete:webhook:bitbucket': 'Delete webhooks',
}

export const SCOPES: readonly string[] = Object.keys(ABOUT)

/** What a person reads beside a scope. */
export const meaning = (scope: string): string => ABOUT[scope] ?? scope

/** What a token needs for everything that Plugboard reads. */
export const READ_SCOPES: readonly string[] = [
  'read:user:bitbucket',
  'read:workspace:bitbucket',
  'read:repository:bitbucket',
  'read:pullrequest:bitbucket',
]
export const HOOK_SCOPES: readonly string[] = [
  'read:webhook:bitbucket',
  'write:webhook:bitbucket',
  'delete:webhook:bitbucket',
]
