// docs.slack.dev/reference/scopes: the ones that concern reading and posting, by the kind of token that can have them.
const BOTH = [
  'channels:history',
  'channels:read',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'mpim:history',
  'mpim:read',
  'users:read',
  'users:read.email',
  'users.profile:read',
  'team:read',
  'chat:write',
  'files:read',
  'reactions:read',
  'emoji:read',
  'usergroups:read',
  'bookmarks:read',
  'pins:read',
  'links:read',
  'search:read.public',
]
const KNOWN = {
  bot: new Set([
    ...BOTH,
    'channels:join',
    'channels:manage',
    'chat:write.public',
    'chat:write.customize',
    'commands',
    'app_mentions:read',
    'incoming-webhook',
  ]),
  user: new Set([
    ...BOTH,
    'channels:write',
    'search:read',
    'search:read.private',
    'search:read.im',
    'search:read.mpim',
    'stars:read',
  ]),
}

/** The scopes of a comma-separated list; null when one is not a scope of that kind of token. */
export function parseScopes(kind: keyof typeof KNOWN, text: string): string[] | null {
  const scopes = [...new Set(text.split(',').filter(Boolean))]
  return scopes.every((scope) => KNOWN[kind].has(scope)) ? scopes : null
}

const MEANINGS: Record<string, string> = {
  'channels:read': 'View basic information about public channels',
  'channels:history': 'View messages in public channels that Plugboard was added to',
  'channels:join': 'Join public channels',
  'groups:read': 'View basic information about private channels that Plugboard was added to',
  'groups:history': 'View messages in private channels that Plugboard was added to',
  'users:read': 'View people in the workspace',
  'users:read.email': 'View e-mail addresses of people in the workspace',
  'chat:write': 'Send messages as @plugboard',
  'team:read': 'View the name, e-mail domain and icon of the workspace',
  'search:read': 'Search everything that you can see, private messages too',
}

/** What a person reads about a scope on the consent page. */
export const meaning = (scope: string): string => MEANINGS[scope] ?? scope
