// docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
const INCLUDES: Record<string, readonly string[]> = {
  repo: ['repo:status', 'repo_deployment', 'public_repo', 'repo:invite', 'security_events'],
  'admin:repo_hook': ['write:repo_hook'],
  'write:repo_hook': ['read:repo_hook'],
  'admin:org': ['write:org', 'manage_runners:org'],
  'write:org': ['read:org'],
  user: ['read:user', 'user:email', 'user:follow'],
  project: ['read:project'],
  'write:packages': ['read:packages'],
  'admin:public_key': ['write:public_key'],
  'write:public_key': ['read:public_key'],
  'admin:gpg_key': ['write:gpg_key'],
  'write:gpg_key': ['read:gpg_key'],
}
const ALONE = [
  'admin:org_hook',
  'gist',
  'notifications',
  'delete_repo',
  'delete:packages',
  'codespace',
  'workflow',
  'read:audit_log',
]
const KNOWN = new Set([...Object.keys(INCLUDES), ...Object.values(INCLUDES).flat(), ...ALONE])

/** Every scope that a list of scopes gives, the implied ones too. */
export function allScopes(scopes: readonly string[]): Set<string> {
  const all = new Set<string>()
  const add = (scope: string) => {
    all.add(scope)
    for (const inner of INCLUDES[scope] ?? []) add(inner)
  }
  scopes.forEach(add)
  return all
}

/** Known scopes once each, without those that another of the list implies. */
export function normalized(scopes: readonly string[]): string[] {
  const known = [...new Set(scopes)].filter((scope) => KNOWN.has(scope))
  return known.filter((scope) => !known.some((other) => other !== scope && allScopes([other]).has(scope)))
}

const MEANINGS: Record<string, string> = {
  repo: 'Full control of private repositories: code, issues, hooks (read and write)',
  public_repo: 'Access public repositories',
  'read:user': 'Read your profile',
  user: 'Read and change your profile',
  'user:email': 'Read your e-mail addresses',
  'read:org': 'Read your organizations and their members',
  'admin:repo_hook': 'Full control of repository hooks',
  offline_access: 'Keep access with tokens that expire and are renewed',
}

/** What a person reads about a scope on the consent page. */
export const meaning = (scope: string): string => MEANINGS[scope] ?? scope
