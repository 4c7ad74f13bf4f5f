import type { Need } from '#sandbox/atlassian/scopes.ts'

const work = (...granular: string[]): Need => ({ classic: ['read:jira-work'], granular })

// developer.atlassian.com/cloud/jira/platform/rest/v3 and /cloud/jira/software/rest: what each group of operations takes.
// Boards and sprints have granular scopes only.
export const NEED = {
  nothing: { granular: [] },
  people: {
    classic: ['read:jira-user'],
    granular: ['read:application-role:jira', 'read:group:jira', 'read:user:jira', 'read:avatar:jira'],
  },
  projects: work('read:project:jira'),
  issues: work('read:issue-details:jira'),
  comments: work('read:comment:jira'),
  queries: work('read:jql:jira'),
  fields: work('read:field:jira'),
  permissions: work('read:permission:jira'),
  server: work('read:instance-configuration:jira'),
  boards: { granular: ['read:board-scope:jira-software', 'read:project:jira'] },
  board: { granular: ['read:board-scope:jira-software', 'read:issue-details:jira'] },
  boardAdmin: { granular: ['read:board-scope.admin:jira-software', 'read:project:jira'] },
  sprints: { granular: ['read:sprint:jira-software'] },
  sprintIssues: { granular: ['read:sprint:jira-software', 'read:issue-details:jira'] },
} satisfies Record<string, Need>
