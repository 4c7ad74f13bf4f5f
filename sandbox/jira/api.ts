import { endpoint } from '#sandbox/atlassian/product.ts'
import { router } from '#sandbox/route.ts'
import { listIssues, listIssuesByOffset } from './board-issues.ts'
import { listBoardProjects, listBoards, listSprints, showBoard, showConfiguration, showSprint } from './boards.ts'
import { listComments, listFields, showIssue } from './issues.ts'
import { listStatuses, searchProjects, showProject } from './projects.ts'
import { NEED } from './scopes.ts'
import { countIssues, parseQueries, removedSearch, search, searchByBody } from './search.ts'
import { showMyself, showPermissions, showServer, showUser } from './site.ts'
import type { Data } from './state.ts'

const OPEN = true

/** The endpoints of Jira's API that are simulated. */
export const findEndpoint = router([
  endpoint<Data>('GET /rest/api/3/myself', showMyself, NEED.people),
  endpoint<Data>('GET /rest/api/3/user', showUser, NEED.people),
  endpoint<Data>('GET /rest/api/3/serverInfo', showServer, NEED.nothing, OPEN),
  endpoint<Data>('GET /rest/api/3/mypermissions', showPermissions, NEED.permissions, OPEN),
  endpoint<Data>('GET /rest/api/3/field', listFields, NEED.fields, OPEN),
  endpoint<Data>('GET /rest/api/3/project/search', searchProjects, NEED.projects, OPEN),
  endpoint<Data>('GET /rest/api/3/project/{project}', showProject, NEED.projects, OPEN),
  endpoint<Data>('GET /rest/api/3/project/{project}/statuses', listStatuses, NEED.projects, OPEN),
  endpoint<Data>('GET /rest/api/3/search', removedSearch, NEED.issues, OPEN),
  endpoint<Data>('POST /rest/api/3/search', removedSearch, NEED.issues, OPEN),
  endpoint<Data>('GET /rest/api/3/search/jql', search, NEED.issues, OPEN),
  endpoint<Data>('POST /rest/api/3/search/jql', searchByBody, NEED.issues, OPEN),
  endpoint<Data>('POST /rest/api/3/search/approximate-count', countIssues, NEED.issues, OPEN),
  endpoint<Data>('POST /rest/api/3/jql/parse', parseQueries, NEED.queries, OPEN),
  endpoint<Data>('GET /rest/api/3/issue/{issue}', showIssue, NEED.issues, OPEN),
  endpoint<Data>('GET /rest/api/3/issue/{issue}/comment', listComments, NEED.comments, OPEN),
  endpoint<Data>('GET /rest/agile/1.0/board', listBoards, NEED.boards),
  endpoint<Data>('GET /rest/agile/1.0/board/{board}', showBoard, NEED.board),
  endpoint<Data>('GET /rest/agile/1.0/board/{board}/configuration', showConfiguration, NEED.boardAdmin),
  endpoint<Data>('GET /rest/agile/1.0/board/{board}/project', listBoardProjects, NEED.boardAdmin),
  endpoint<Data>('GET /rest/agile/1.0/board/{board}/sprint', listSprints, NEED.sprints),
  endpoint<Data>('GET /rest/agile/1.0/sprint/{sprint}', showSprint, NEED.sprints),
  endpoint<Data>('GET /rest/agile/1.0/board/{board}/issue', listIssuesByOffset, NEED.board),
  endpoint<Data>('GET /rest/agile/1.0/board/{board}/sprint/{sprint}/issue', listIssuesByOffset, NEED.sprintIssues),
  endpoint<Data>('GET /rest/agile/1.0/sprint/{sprint}/issue', listIssuesByOffset, NEED.sprintIssues),
  endpoint<Data>('GET /rest/software/1.0/board/{board}/issue', listIssues, NEED.board),
  endpoint<Data>('GET /rest/software/1.0/board/{board}/sprint/{sprint}/issue', listIssues, NEED.sprintIssues),
  endpoint<Data>('GET /rest/software/1.0/sprint/{sprint}/issue', listIssues, NEED.sprintIssues),
])
