import { documentOf } from '#sandbox/atlassian/documents.ts'
import { personShape, rest, timestamp } from './shapes.ts'
import type { Comment, Issue, JiraContext } from './state.ts'

/** One comment, whose text is a document. */
export function commentShape(context: JiraContext, issue: Issue, { id, author, at, text }: Comment) {
  const person = personShape(context, author)
  const time = timestamp(Date.parse(at))
  return {
    self: rest(context, `issue/${issue.id}/comment/${id}`),
    id,
    author: person,
    body: documentOf(text),
    updateAuthor: person,
    created: time,
    updated: time,
    jsdPublic: true,
  }
}

/** The comments as a field of the issue: all of them. */
export const commentPage = (context: JiraContext, issue: Issue) => ({
  comments: issue.comments.map((one) => commentShape(context, issue, one)),
  self: rest(context, `issue/${issue.id}/comment`),
  maxResults: issue.comments.length,
  total: issue.comments.length,
  startAt: 0,
})
