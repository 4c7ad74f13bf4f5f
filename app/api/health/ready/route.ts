import { readiness } from '#lib/http/readiness.ts'

/** The process can serve: its database answers, its role is confined, its keys are the right ones. */
export const GET = () => readiness()
export const dynamic = 'force-dynamic'
