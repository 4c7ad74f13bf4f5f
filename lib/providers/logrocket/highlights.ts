import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Report, Reported } from '#lib/providers/define.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import { NO_HIGHLIGHTS, NOBODY } from './failure.ts'
import { ownApp, projectId, readSessionId, type Session, sessionOf } from './ids.ts'
import { replayAddress } from './links.ts'
import { titleOf } from './sessions.ts'

// It becomes part of an address of ours.
const Started = z.object({ id: z.string().regex(/^[A-Za-z0-9._~-]{1,200}$/) })

const Highlights = z.object({
  status: z.string(),
  appID: z.string().nullish(),
  result: z
    .object({
      highlights: z.string().nullish(),
      sessions: z
        .array(
          z.object({
            recordingID: z.string(),
            sessionID: z.union([z.number(), z.string()]),
            highlights: z.string().nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
})

/** What a refusal means here: the plan lacks it (a 404 too), or nobody is called so there. */
function judge(error: unknown): unknown {
  if (!(error instanceof ProviderFailure)) return error
  const about = { ...(error.status === null ? {} : { status: error.status }), cause: error }
  if (error.status === 400) return new ProviderFailure('setup', { ...about, detail: NOBODY })
  const isClosed = ['forbidden', 'not_found', 'plan'].includes(error.failure)
  return isClosed ? new ProviderFailure('setup', { ...about, detail: NO_HIGHLIGHTS }) : error
}

/** Asks for the highlights of somebody's sessions (docs.logrocket.com/docs/session-highlights-api): with an @ by address, else by id. */
async function start(api: Api, id: string, { user = '', question = '' }: Config): Promise<string> {
  readSessionId(id, api.config)
  const whose = user.includes('@') && !user.includes('|') ? { userEmail: user } : { userID: user }
  const body = { ...whose, ...(question === '' ? {} : { question }) }
  try {
    return (await api('/highlights/', { method: 'POST', schema: Started, body })).id
  } catch (error) {
    throw judge(error)
  }
}

const isOf = (one: Session, { recording, number }: Session): boolean =>
  one.recording === recording && one.number === number

/** How they stand. Whatever is neither under way nor failed and has a result is done, whatever it is called. */
async function look(api: Api, id: string, report: string): Promise<Reported> {
  const own = readSessionId(id, api.config)
  const { org, project } = ownApp(api.config)
  const { status, appID, result } = await api('/highlights', { schema: Highlights, query: { id: report } })
  if (appID && appID !== `${org}/${project}`) throw new ProviderFailure('not_found')
  if (status === 'FAILED') return { state: 'failed' }
  if (status === 'PENDING' || !result) return { state: 'pending' }
  const found = (result.sessions ?? []).flatMap(({ recordingID, sessionID, highlights }) => {
    const session = sessionOf(`${recordingID}/${sessionID}`)
    return session ? [{ session, text: highlights ?? '' }] : []
  })
  const first = found.filter(({ session }) => isOf(session, own))
  const parts = [...first, ...found.filter((one) => !first.includes(one))].map(({ session, text }) => ({
    title: titleOf(session),
    url: replayAddress(api, session),
    text,
  }))
  return { state: 'ready', text: result.highlights ?? '', parts }
}

export const highlights: Report = {
  name: 'highlights',
  about:
    'LogRocket’s AI sums up the latest sessions of one user, at most ten. It takes one to three minutes and counts against your plan.',
  fields: [
    {
      name: 'user',
      label: 'Whose sessions',
      hint: 'The user’s e-mail address or user ID. LogRocket’s API does not tell whose session this is: its replay does.',
    },
    { name: 'question', label: 'Question (optional)', hint: 'What the summary should look at.', optional: true },
  ],
  place: (id, config) => {
    const session = readSessionId(id, config)
    return { kind: 'session', id, title: titleOf(session), containerId: projectId(ownApp(config)) }
  },
  start,
  look,
}
