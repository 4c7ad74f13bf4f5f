import type { Provider } from '#lib/providers/define.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'
import { codeSearch } from './code-search.ts'
import { directories } from './directories.ts'
import { budget, failure, limit } from './failure.ts'
import { files } from './files.ts'
import { identify } from './identify.ts'
import { issues, pullRequests } from './issues.ts'
import { revoke } from './leave.ts'
import { pat } from './pat.ts'
import { repositories } from './repositories.ts'

/**
 * GitHub answers in JSON only when asked to, with 200 also to a refusal, and lists scopes with commas
 * (docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps).
 */
function tokenAnswer(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('scope' in body) || typeof body.scope !== 'string') return body
  const { scope, ...rest } = body
  // The token of a GitHub App has permissions; its scope is empty and means nothing.
  const hasScopes = !('access_token' in body && String(body.access_token).startsWith('ghu_'))
  return hasScopes ? { ...rest, scope: scope.replaceAll(',', ' ') } : rest
}

const oauth: OAuth2 = {
  type: 'oauth2',
  client: 'github',
  clientAuth: 'body',
  pkce: true,
  refresh: 'rotates',
  scopes: [
    {
      name: 'repo',
      why: 'To read the repositories, commits, issues and pull requests that the account can open. GitHub has no read-only version of `repo`. Plugboard only reads.',
      writes: true,
    },
    { name: 'read:user', why: 'To know whose GitHub account is connected.', impliedBy: ['user'] },
    {
      name: 'user:email',
      why: 'To match commits and reviews with the people of your team.',
      optional: true,
      limits: 'Commits made under a private email address are not matched with a person.',
      impliedBy: ['user'],
    },
    {
      name: 'read:org',
      why: 'To show which GitHub organizations the account belongs to.',
      optional: true,
      limits: 'Only organizations whose repositories the account can open are shown.',
      impliedBy: ['write:org', 'admin:org'],
    },
  ],
  dialect: { tokenAnswer, invalidGrant: ['bad_verification_code', 'bad_refresh_token'] },
}

export const github: Provider = {
  id: 'github',
  name: 'GitHub',
  category: 'Code repository',
  slots: ['organization', 'user'],
  before: [
    'A GitHub account with access to your organization’s repositories.',
    'For the organization connection: an owner or admin of the GitHub organization (recommended).',
    'You may authorize OAuth apps in that GitHub organization. If it restricts them, one of its owners approves Plugboard once.',
  ],
  provides: [
    { what: 'Repositories', lane: 'synced' },
    { what: 'Commits, issues and pull requests', lane: 'synced' },
    { what: 'Files', lane: 'live' },
    { what: 'Directory trees', lane: 'live' },
    { what: 'Code search', lane: 'live' },
    { what: 'Issues and pull requests on boards', lane: 'live' },
  ],
  origins: { web: 'https://github.com', api: 'https://api.github.com' },
  endpoints: ({ web, api = '' }) => ({
    api,
    authorize: `${web}/login/oauth/authorize`,
    token: `${web}/login/oauth/access_token`,
    // docs.github.com/apps/github-authentication-discovery-endpoints
    issuer: `${web}/login/oauth`,
  }),
  // Without a version GitHub takes the oldest it knows; the newest leaves fields out (docs.github.com/rest/about-the-rest-api/api-versions).
  headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
  auth: [oauth, pat],
  identify,
  readers: [repositories, directories, files, codeSearch, issues, pullRequests],
  failure,
  budget,
  limit,
  leave: {
    revoke,
    alone: true,
    by: 'https://github.com/settings/applications',
    steps: [
      'Open github.com/settings/applications.',
      'Choose the tab Authorized OAuth Apps.',
      'Find Plugboard and choose Revoke.',
      'A personal access token that was pasted is deleted at github.com/settings/tokens.',
    ],
  },
  guide: {
    connect: [
      'GitHub may ask you to sign in first, and for a second factor. Take the time you need.',
      'GitHub lists what Plugboard asks for. An owner of an organization can grant access to it on the same page.',
      'Choose Authorize.',
    ],
    more: {
      title: 'Working day to day',
      lines: [
        'Go on working at GitHub as before: branches, reviews and merges stay there. Plugboard reads and changes nothing.',
        'Press @ on a board, or paste a link: repositories, files, folders, code, issues and pull requests become cards.',
        'A card shows what is true now. It is read with the account of the person who looks, each time they look.',
        'Somebody new connects their own account once. Until then cards tell them that they are there, not what they say.',
        'When somebody leaves the organization here, their account is disconnected. What the team put on boards stays.',
      ],
    },
  },
}
