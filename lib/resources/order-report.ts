import { record } from '#lib/audit/record.ts'
import { findVisible } from '#lib/connections/find-visible.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { withOrg } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Provider, Report } from '#lib/providers/define.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { allow } from '#lib/tenancy/policy.ts'
import { safeUrl } from './describe-resource.ts'
import { toProblemOf } from './judge-trouble.ts'
import { allowExtent, findReader } from './list-resources.ts'
import { extentOf, isShared } from './policy.ts'
import { readSwitches } from './read-switches.ts'
import type { ReportView } from './schema.ts'
import { inTurn } from './take-turn.ts'

type About = { kind: string; resource: string }

/** A report about a thing that the caller may see now. */
type Asked = { report: Report; api: Api; thing: ReturnType<Report['place']>; provider: string }

/**
 * Does something with a report. The thing is judged by its id: reading it may take many calls, and a look comes every few
 * seconds. Throws as readResource.
 */
async function withReport<T>(
  actor: Actor,
  connectionId: string,
  { kind, resource: id }: About,
  work: (asked: Asked) => Promise<T>,
): Promise<T> {
  await withOrg(actor, (db) => findVisible(db, actor, connectionId))
  let provider: Provider | null = null
  try {
    return await withConnection(actor, connectionId, async (api, used) => {
      provider = used.provider
      const { report } = findReader(used.provider, kind)
      if (!report) throw new Problem('not-found')
      const extent = extentOf(actor, used)
      allowExtent(extent === 'containers' ? 'nothing' : extent, used.provider, kind)
      const thing = report.place(id, api.config)
      if (!isShared(used, thing, await readSwitches(actor, used))) throw new Problem('not-found')
      return work({ report, thing, api: inTurn(api, used), provider: used.provider.id })
    })
  } catch (error) {
    throw error instanceof ProviderFailure ? toProblemOf(provider, error) : error
  }
}

/** What was said for it, each field that is needed among it. Throws `fields-not-accepted`. */
function checkSaid({ fields }: Report, said: Config): Config {
  const missing = fields.find(({ name, optional }) => !optional && !said[name])
  if (missing) throw fieldProblem(`fields/${missing.name}`, `${missing.label} is needed.`)
  return Object.fromEntries(fields.flatMap(({ name }) => (said[name] ? [[name, said[name]]] : [])))
}

/**
 * Asks the provider for a report about a thing, which may cost its customer and is in the audit log for that. Nothing of it is
 * kept here: its id is all that leads back to it. Throws as readResource, `forbidden` for who only looks at boards, and
 * `fields-not-accepted`.
 */
export async function orderReport(actor: Actor, connectionId: string, about: About, said: Config): Promise<ReportView> {
  allow(actor, 'boards.edit')
  const ordered = await withReport(actor, connectionId, about, async ({ report, api, ...rest }) => ({
    // withConnection does this again after a 401 alone, and what was answered so was not taken
    id: await report.start(api, about.resource, checkSaid(report, said)),
    name: report.name,
    ...rest,
  }))
  const { kind, id, title: name } = ordered.thing
  const entry = { provider: ordered.provider, after: { report: ordered.name, name } }
  await withOrg(actor, (db) => record(db, actor, 'report.ordered', { kind, id, name }, entry))
  return { id: ordered.id, state: 'pending' }
}

/** How a report stands, and its words once it is ready. Throws as readResource. */
export async function readReport(
  actor: Actor,
  connectionId: string,
  { report: id, ...about }: About & { report: string },
): Promise<ReportView> {
  return withReport(actor, connectionId, about, async ({ report, api }) => {
    const found = await report.look(api, about.resource, id)
    if (found.state !== 'ready') return { id, state: found.state }
    return { id, ...found, parts: found.parts.map((part) => ({ ...part, url: safeUrl(part.url) })) }
  })
}
