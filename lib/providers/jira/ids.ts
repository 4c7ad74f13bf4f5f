import { z } from 'zod'
import { Query } from '#lib/providers/atlassian-query.ts'
import { siteCodec } from '#lib/providers/atlassian-site.ts'

const upper = z.string().transform((text) => text.toUpperCase())
/** A project's key, and an issue's: the project's, a hyphen, a number (support.atlassian.com/jira-cloud-administration). */
const ProjectKey = upper.pipe(z.string().regex(/^[A-Z][A-Z0-9_]{1,99}$/))
const IssueKey = upper.pipe(z.string().regex(/^[A-Z][A-Z0-9_]{1,99}-\d{1,10}$/))
const BoardNumber = z.string().regex(/^\d{1,12}$/)
/** A sprint is listed by its board alone, so the board is part of it. */
const SprintNumber = z.string().regex(/^\d{1,12}\.\d{1,12}$/)

export const ProjectId = siteCodec(ProjectKey)
export const IssueId = siteCodec(IssueKey)
export const BoardId = siteCodec(BoardNumber)
export const SprintId = siteCodec(SprintNumber)
export const SearchId = siteCodec(Query)
/** What issues are listed in: a project, a board or a sprint. */
export const PlaceId = siteCodec(z.union([ProjectKey, BoardNumber, SprintNumber]))

/** Whether it has the form of an issue's key. */
export const isIssueKey = (text: string): boolean => IssueKey.safeParse(text).success
