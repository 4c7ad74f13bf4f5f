import { Refusal } from '#sandbox/atlassian/access.ts'

/** A failure as the second version of the API tells it. */
const failure = (status: number, code: string, title: string): Refusal =>
  new Refusal(status, { errors: [{ status, code, title, detail: null }] })

/** The same for what is not there and what its reader may not see. */
export const notFound = (): Refusal => failure(404, 'NOT_FOUND', 'Not Found')

export const invalidParameter = (title: string): Refusal => failure(400, 'INVALID_REQUEST_PARAMETER', title)

/** A failure as the first version tells it. */
export const failureOfFirst = (status: number, message: string): Refusal =>
  new Refusal(status, {
    statusCode: status,
    data: { authorized: true, valid: status !== 400, errors: [], successful: status !== 400 },
    message,
  })
