import { Refusal } from '#sandbox/atlassian/access.ts'

/** A failure as Jira tells it: sentences, and more of them by field. */
export const failure = (status: number, ...errorMessages: string[]): Refusal =>
  new Refusal(status, { errorMessages, errors: {} })

/** The same for an issue that does not exist and one that its reader may not see. */
export const noIssue = (): Refusal => failure(404, 'Issue does not exist or you do not have permission to see it.')

export const noProject = (name: string): Refusal => failure(404, `No project could be found with key '${name}'.`)
