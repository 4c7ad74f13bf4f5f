import { z } from 'zod'

/** The most cards a question is answered from. */
export const MOST_CARDS = 20
/** What an answer says that found nothing. */
export const NOTHING_SAID = 'No card on this board answers that.'

/** `cards`: the ids of the objects to answer from; without it, all that the asker can see. `model`: the id of one. */
export const Question = z.object({
  question: z
    .string()
    .trim()
    .min(1, { error: 'Question is empty. Type one.' })
    .max(4000, { error: 'Question is too long. Use at most 4000 characters.' }),
  model: z
    .string()
    .max(300)
    .regex(/^[A-Za-z0-9._~-]+$/, { error: 'Choose a model.' }),
  cards: z.array(z.uuid()).max(500).optional(),
})
export type Question = z.infer<typeof Question>

/** Whether this person can ask this board now, and what it takes. */
export const AskView = z.object({
  state: z.enum(['ready', 'off', 'not_configured', 'reauth', 'disabled']),
  /** What stands in the way, for this person; null when nothing does. */
  message: z.string().nullable(),
  /** Whose models are asked. */
  provider: z.object({ id: z.string(), name: z.string() }),
  connectionId: z.uuid().nullable(),
  /** The kind of thing a model is, for the list of a connection's resources. */
  kind: z.string(),
  /** Whether they may mend it themselves. */
  mayManage: z.boolean(),
  /** Whether they have read what asking sends away. */
  isNoticeRead: z.boolean(),
  /** Providers whose cards an admin keeps out of answers. */
  excluded: z.array(z.string()),
})
export type AskView = z.infer<typeof AskView>

/** A card an answer may rest on; `number` is how the answer names it. */
export const Source = z.object({
  number: z.number().int(),
  objectId: z.uuid(),
  provider: z.string(),
  kind: z.string(),
  title: z.string(),
})
export type Source = z.infer<typeof Source>

export const TroubleCode = z.enum([
  'out_of_credit',
  'limited',
  'model_gone',
  'too_long',
  'refused',
  'reauth',
  'unavailable',
  'broke_off',
])
export type TroubleCode = z.infer<typeof TroubleCode>

/** An answer as it comes: the cards it is made from, its words, and how it ended. The words are a model's: text, and nothing else. */
export const AnswerEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('sources'), sources: z.array(Source), isCut: z.boolean() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('done'),
    end: z.enum(['whole', 'length', 'filter']),
    tokens: z.number().optional(),
    dollars: z.number().optional(),
  }),
  z.object({
    type: z.literal('problem'),
    code: TroubleCode,
    detail: z.string(),
    retryAt: z.iso.datetime().optional(),
  }),
])
export type AnswerEvent = z.infer<typeof AnswerEvent>
export type Trouble = Omit<Extract<AnswerEvent, { type: 'problem' }>, 'type'>
