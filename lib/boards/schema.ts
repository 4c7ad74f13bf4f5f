import { z } from 'zod'
import { pageOf } from '#lib/platform/schema.ts'
import { ResourceView } from '#lib/resources/schema.ts'

const Instant = z.iso.datetime()
const Text = z.string().max(10_000)

export const CardState = z.enum([
  'resolving',
  'live',
  'stale',
  'needs_connection',
  'reauth',
  'no_access',
  'gone',
  'source_off',
  'not_shared',
  'limited',
  'error',
  'offline',
])
export type CardState = z.infer<typeof CardState>

/** A reference as one viewer sees it. Without a readable state there is no `resource` and nothing that names the thing. */
export const CardView = z.object({
  objectId: z.uuid(),
  provider: z.string(),
  kind: z.string(),
  state: CardState,
  resource: ResourceView.optional(),
  asOf: Instant.optional(),
  /** When a source that asked us to wait may be asked again. */
  retryAt: Instant.optional(),
  /** One sentence for the viewer, for every state but live and stale. */
  message: z.string().optional(),
  action: z
    .object({
      id: z.enum(['connect', 'reconnect', 'enable', 'change', 'retry', 'remove', 'ask_admin', 'refresh']),
      label: z.string(),
    })
    .optional(),
})
export type CardView = z.infer<typeof CardView>
export const CardList = pageOf(CardView)
export type CardList = z.infer<typeof CardList>

const ObjectBase = z.object({
  id: z.uuid(),
  section: z.uuid().nullable(),
  position: z.number().int(),
  version: z.number().int(),
  addedBy: z.object({ id: z.uuid(), name: z.string() }),
  /** Whoever changed it last, be it its words or its place. */
  updatedBy: z.object({ id: z.uuid(), name: z.string() }),
  updatedAt: Instant,
})
/** An object of a board. A reference says provider and kind only; what it points at comes with its card. */
export const ObjectView = z.discriminatedUnion('type', [
  ObjectBase.extend({ type: z.literal('note'), text: z.string() }),
  ObjectBase.extend({ type: z.literal('section'), text: z.string() }),
  ObjectBase.extend({
    type: z.literal('reference'),
    provider: z.string(),
    kind: z.string(),
    caption: z.string().nullable(),
    size: z.enum(['S', 'M', 'L']),
  }),
  ObjectBase.extend({ type: z.literal('connector'), text: z.string().nullable(), from: z.uuid(), to: z.uuid() }),
])
export type ObjectView = z.infer<typeof ObjectView>

export const BoardSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  providers: z.array(z.string()),
  objects: z.number().int(),
  updatedAt: Instant,
  createdBy: z.string(),
})
export type BoardSummary = z.infer<typeof BoardSummary>
export const BoardList = pageOf(BoardSummary)
export type BoardList = z.infer<typeof BoardList>

export const BoardView = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.number().int(),
  createdBy: z.object({ id: z.uuid(), name: z.string() }),
  updatedAt: Instant,
  mayEdit: z.boolean(),
  /** Another text whenever an admin changed what is available on boards: then cards are to be asked for again. */
  shared: z.string(),
  objects: z.array(ObjectView),
})
export type BoardView = z.infer<typeof BoardView>

export const NewBoard = z.object({ name: z.string().trim().min(1, { error: 'Enter a name for the board.' }).max(80) })

const Place = { section: z.uuid().nullish(), after: z.uuid().nullish() }
/** What can be put on a board; `after` places it behind an object of the same section, else it goes to the end. */
export const NewObject = z
  .union([
    z.object({ type: z.literal('reference'), url: z.url().max(2000), again: z.boolean().optional(), ...Place }),
    z.object({
      type: z.literal('reference'),
      connection: z.uuid(),
      kind: z.string().max(40),
      resource: z
        .string()
        .max(2000)
        .regex(/^[A-Za-z0-9._~-]+$/, { error: 'Use the id of a resource as the search gave it.' }),
      again: z.boolean().optional(),
      ...Place,
    }),
    z.object({ type: z.literal('note'), text: Text.default(''), ...Place }),
    z.object({ type: z.literal('section'), text: Text.default(''), after: z.uuid().nullish() }),
    z.object({ type: z.literal('connector'), from: z.uuid(), to: z.uuid(), text: z.string().max(200).optional() }),
  ])
  .meta({ examples: [{ type: 'note', text: 'Read this.' }] })
export type NewObject = z.infer<typeof NewObject>

/** What was taken off a board, sealed: only the person who did it can put it back, and only there. */
export const RemovedView = z.object({ undo: z.string() })
export type RemovedView = z.infer<typeof RemovedView>
export const RemovedObject = z.object({ type: z.literal('removed'), undo: z.string().max(500_000) })

/** `move` walks one step among its neighbours; `section` moves it into a section (null: out of any). */
export const ObjectPatch = z.object({
  text: Text.optional(),
  caption: z.string().max(500).nullish(),
  size: z.enum(['S', 'M', 'L']).optional(),
  move: z.enum(['up', 'down']).optional(),
  section: z.uuid().nullish(),
  after: z.uuid().nullish(),
})
export type ObjectPatch = z.infer<typeof ObjectPatch>

export const BoardParams = z.object({ org: z.string().max(64), board: z.uuid() })
export const ObjectParams = z.object({ org: z.string().max(64), board: z.uuid(), object: z.uuid() })

/** `objects`: ids separated by commas, to ask for the visible cards first. */
export const CardsQuery = z.object({
  objects: z
    .string()
    .max(20_000)
    .transform((list) => list.split(','))
    .pipe(z.array(z.uuid()))
    .optional(),
})
export const CardQuery = z.object({ refresh: z.literal('1').optional() })
