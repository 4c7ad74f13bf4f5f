import { oldAddress } from '#lib/http/old-address.ts'

export const GET = oldAddress('/jira/config')
