import type { Scope } from '#lib/providers/define-auth.ts'

/** Boards and sprints are not among the classic scopes (developer.atlassian.com/cloud/jira/software/scopes-for-oauth-2-3LO-and-forge-apps). */
export const scopes: readonly Scope[] = [
  {
    name: 'read:jira-work',
    why: 'To read the projects, issues and comments that the account can open, and to search them.',
  },
  { name: 'read:jira-user', why: 'To know whose Atlassian account is connected, and to show who has an issue.' },
  {
    name: 'read:board-scope:jira-software',
    why: 'To list boards and to read what is on them.',
    optional: true,
    limits: 'Boards are not shown.',
  },
  {
    name: 'read:project:jira',
    why: 'To list the boards of a project: Jira asks for it beside the permission for boards.',
    optional: true,
    limits: 'Boards cannot be listed.',
  },
  {
    name: 'read:issue-details:jira',
    why: 'To read the issues on a board: Jira asks for it beside the permission for boards.',
    optional: true,
    limits: 'The issues on a board are not listed. Those of a project are.',
  },
  {
    name: 'read:sprint:jira-software',
    why: 'To list the sprints of a board.',
    optional: true,
    limits: 'Sprints are not shown.',
  },
]
