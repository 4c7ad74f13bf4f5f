import type { Need } from '#sandbox/atlassian/scopes.ts'

// developer.atlassian.com/cloud/confluence/rest/v2 takes granular scopes only; v1 takes classic ones too.
export const NEED = {
  nothing: { granular: [] },
  spaces: { granular: ['read:space:confluence'] },
  pages: { granular: ['read:page:confluence'] },
  search: { classic: ['search:confluence'], granular: ['read:content-details:confluence'] },
  user: { classic: ['read:confluence-user'], granular: ['read:content-details:confluence'] },
} satisfies Record<string, Need>
