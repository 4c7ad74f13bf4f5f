import { z } from 'zod'

/** What can be asked of a provider about a thing, in words, and what to say for it. */
export const ReportForm = z.object({
  name: z.string(),
  about: z.string(),
  fields: z.array(
    z.object({ name: z.string(), label: z.string(), hint: z.string().optional(), optional: z.boolean() }),
  ),
})
export type ReportForm = z.infer<typeof ReportForm>

/** A thing at a provider as one person may see it. `url` is empty where the provider gave none a browser may follow. */
export const ResourceView = z.object({
  provider: z.string(),
  connectionId: z.uuid(),
  kind: z.string(),
  /** The card it is drawn as, where that is not its kind's own. */
  looks: z.string().optional(),
  id: z.string(),
  title: z.string(),
  url: z.string(),
  parent: z.string().optional(),
  container: z.string().optional(),
  containerId: z.string().optional(),
  within: z.array(z.string()).optional(),
  isPrivate: z.boolean().optional(),
  updatedAt: z.string().optional(),
  excerpt: z.string().optional(),
  body: z.record(z.string(), z.unknown()).optional(),
  /** What owners and admins see of it besides: addresses of people. */
  forAdmins: z.record(z.string(), z.string()).optional(),
  /** What its provider writes about it when somebody asks. */
  report: ReportForm.optional(),
  /** Whether it is available on boards, where that is what was asked for. */
  onBoards: z.boolean().optional(),
  /** What everybody can do once a private one is turned on: `read messages from #payroll`. */
  audience: z.string().optional(),
})
export type ResourceView = z.infer<typeof ResourceView>

export const ResourceList = z.object({
  items: z.array(ResourceView),
  nextCursor: z.string().nullable(),
  /** Of a list with switches: how many there are (with `q`: how many match), and when the provider was asked. */
  total: z.number().int().optional(),
  asOf: z.iso.datetime().optional(),
  /** Why the provider could not be asked now, where the list is an older one, or what it says of a query it cannot read. */
  message: z.string().optional(),
})
export type ResourceList = z.infer<typeof ResourceList>

/** One source's part of a search: its answers, or why it has none. A line of the NDJSON stream. */
export const SourceAnswer = z.object({
  provider: z.string(),
  name: z.string(),
  connectionId: z.uuid().nullable(),
  state: z.enum(['ok', 'needs_connection', 'reauth', 'limited', 'unavailable', 'off']),
  message: z.string().nullable(),
  /** Until when the source asked us to wait. */
  retryAt: z.iso.datetime().optional(),
  items: z.array(ResourceView),
})
export type SourceAnswer = z.infer<typeof SourceAnswer>
export const SearchAnswer = z.object({ sources: z.array(SourceAnswer) })

export const ResourceQuery = z.object({
  kind: z.string().max(40),
  parent: z.string().max(8000).optional(),
  q: z.string().trim().min(1).max(200).optional(),
  cursor: z.string().max(2000).optional(),
  /** All containers with their switches for owners and admins, for others those that are available on boards. */
  switches: z.literal('1').optional(),
})
export type ResourceQuery = z.infer<typeof ResourceQuery>
export const SearchQuery = z.object({
  q: z.string().trim().min(1, { error: 'Enter what to search for.' }).max(200),
  provider: z.string().max(40).optional(),
  kind: z.string().max(40).optional(),
})
export type SearchQuery = z.infer<typeof SearchQuery>

const ResourceId = z
  .string()
  .max(8000)
  .regex(/^[A-Za-z0-9._~-]+$/)
export const ResourceParams = z.object({
  org: z.string().max(64),
  connection: z.uuid(),
  kind: z.string().max(40),
  resource: ResourceId,
})

/** What is said for a report, by the names of its form's fields. */
export const NewReport = z.object({ fields: z.record(z.string().max(40), z.string().trim().max(1000)) })
export type NewReport = z.infer<typeof NewReport>
export const ReportParams = ResourceParams.extend({ report: ResourceId.max(200) })
/** A report as it stands; once it is ready, with its words. */
export const ReportView = z.object({
  id: z.string(),
  state: z.enum(['pending', 'ready', 'failed']),
  text: z.string().optional(),
  parts: z.array(z.object({ title: z.string(), url: z.string(), text: z.string() })).optional(),
})
export type ReportView = z.infer<typeof ReportView>

export const SwitchPatch = z.object({ onBoards: z.boolean() })
/** Several containers of one connection at once. */
export const SwitchesPatch = z.object({
  kind: z.string().max(40),
  ids: z.array(ResourceId.max(200)).min(1).max(100),
  onBoards: z.boolean(),
})
export type SwitchesPatch = z.infer<typeof SwitchesPatch>

/** A container as it is switched now. */
export const SwitchView = z.object({ kind: z.string(), id: z.string(), onBoards: z.boolean() })
export type SwitchView = z.infer<typeof SwitchView>
/** What was switched, and what stayed as it was, with why. */
export const SwitchList = z.object({
  items: z.array(SwitchView),
  refused: z.array(z.object({ id: z.string(), message: z.string() })),
})
export type SwitchList = z.infer<typeof SwitchList>
