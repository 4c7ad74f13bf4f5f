import { readQuery } from '#sandbox/atlassian/query-read.ts'
import { type Language, runOver } from '#sandbox/atlassian/query-run.ts'
import { Unreadable } from '#sandbox/atlassian/query-tokens.ts'
import { choicesOf, fieldNamed, sortKey } from './jql-fields.ts'
import { failure } from './refusal.ts'
import { type Issue, type JiraContext, visibleIssues } from './state.ts'

// support.atlassian.com/jira-software-cloud/docs/use-advanced-search-with-jira-query-language-jql: reserved characters
const NEEDS_QUOTES = /[+.;?|*/%^$#@[\]]/

const language = (context: JiraContext): Language<Issue> => ({
  fieldNamed,
  choicesOf: (field, value) => choicesOf(field, value, context),
  sortKey: (name) => sortKey(name, context),
  usual: (a, b) => b.createdAt - a.createdAt,
  now: context.state.world.clock.now(),
})

/** Runs a query: the issues that the caller sees and that it asks for, in its order. One without a restriction is refused. */
export const runQuery = (jql: string, context: JiraContext): Issue[] =>
  asJira(() => {
    const query = readQuery(jql, NEEDS_QUOTES)
    if (query.where) return runOver(visibleIssues(context), query, language(context))
    throw new Unreadable('Unbounded JQL queries are not allowed here. Please add a search restriction to your query.')
  })

/** Narrows a board's issues by a query, which may be empty; where it names no order they stay as they are ranked. */
export const narrow = (issues: readonly Issue[], jql: string, context: JiraContext): Issue[] =>
  asJira(() =>
    runOver(issues, readQuery(jql, NEEDS_QUOTES), {
      ...language(context),
      usual: (a, b) => Number(a.id) - Number(b.id),
    }),
  )

function asJira<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (problem) {
    if (!(problem instanceof Unreadable)) throw problem
    if (problem.at === null) throw failure(400, problem.message)
    throw failure(400, `Error in the JQL Query: ${problem.message} (line 1, character ${problem.at + 1})`)
  }
}
