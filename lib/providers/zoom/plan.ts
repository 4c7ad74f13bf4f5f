import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Plan } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'

// developers.zoom.us/docs/api/users: a person's licence, which a Basic user of a paid account has not either
const BASIC = 1
const LICENSED = 2

const Me = z.object({ type: z.number() })
const Settings = z.object({
  recording: z
    .object({ cloud_recording: z.boolean().optional().catch(undefined) })
    .optional()
    .catch(undefined),
})
const Previous = z.object({ meetings: z.array(z.object({ id: z.number().int() })) })

/** What a plan is called in a connection's config, for readers. */
export type PlanName = 'free' | 'basic' | 'licensed'

/** `isOpen`: nobody knows whether who came is told. */
const capabilitiesOf = (plan: PlanName, isOpen: boolean): Plan['capabilities'] => [
  { name: 'Meetings: topic, date, time and length', isIncluded: true },
  ...(isOpen ? [] : [{ name: 'List of participants', isIncluded: plan !== 'free' }]),
  { name: 'Cloud recordings', isIncluded: plan === 'licensed' },
  { name: 'Transcripts', isIncluded: plan === 'licensed' },
]

const labels: Record<PlanName, string> = { free: 'Basic (free)', basic: 'Basic', licensed: 'Licensed' }

const withoutRecordings = (plan: PlanName) => ({
  short: plan === 'free' ? 'Free plan: no recordings' : 'Basic licence: no recordings',
  says: 'Free Zoom plans do not support cloud recordings. Meeting metadata will still be tracked, but transcripts require a Pro or higher plan.',
})
const switchedOff = { short: 'Cloud recording is off', says: 'Cloud recording is off in Zoom settings.' }

const toPlan = (plan: PlanName, warnings: Plan['warnings'], isOpen = false): Plan => ({
  label: labels[plan],
  capabilities: capabilitiesOf(plan, isOpen),
  warnings,
  config: { plan },
})

/** What nobody may ask; any other failure leaves it open. */
async function unlessMissing<T>(asked: Promise<T>, missing: readonly ProviderFailure['failure'][]): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ProviderFailure && missing.includes(error.failure)) return null
    throw error
  }
}

/**
 * Tried on the last meeting there was: the account's plan decides it, and no answer tells that plan. Null where that says
 * nothing: there was no meeting, or it may not be asked.
 */
async function namesParticipants(api: Api): Promise<boolean | null> {
  const query = { type: 'previous_meetings', page_size: 1 }
  const { meetings } = await api('/users/me/meetings', { query, schema: Previous })
  const [last] = meetings
  if (!last) return null
  const asked = api(`/past_meetings/${last.id}/participants`, { query: { page_size: 1 }, schema: z.unknown() })
  const answer = asked.then(
    () => true,
    (error: unknown) => {
      if (error instanceof ProviderFailure && error.failure === 'plan') return false
      throw error
    },
  )
  return unlessMissing(answer, ['scope', 'forbidden', 'not_found'])
}

/** The plan of the person who connected. Throws ProviderFailure, also for a licence that nobody has explained. */
export async function readPlan(api: Api): Promise<Plan> {
  const { type } = await api('/users/me', { schema: Me })
  if (type === BASIC) {
    const isNaming = await namesParticipants(api)
    const plan = isNaming === false ? 'free' : 'basic'
    return toPlan(plan, [withoutRecordings(plan)], isNaming === null)
  }
  if (type !== LICENSED) throw new ProviderFailure('unavailable', { detail: 'unknown licence' })
  const settings = await unlessMissing(api('/users/me/settings', { schema: Settings }), ['scope', 'forbidden'])
  return toPlan('licensed', settings?.recording?.cloud_recording === false ? [switchedOff] : [])
}
