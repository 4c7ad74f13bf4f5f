import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Priority, ConversationState as State } from './control-input.ts'

/** A customer: the day they came, and where they are. `key` names them in the data. */
const StartContact = z.strictObject({
  key: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  since: z.string(),
  role: z.enum(['user', 'lead']).default('user'),
  /** City and country. */
  place: z.tuple([z.string(), z.string()]).optional(),
  phone: z.string().optional(),
  owner: z.string().optional(),
  mergedInto: z.string().optional(),
})
export type StartContact = z.infer<typeof StartContact>

const PartType = z.enum(['comment', 'note', 'assignment', 'close', 'open', 'snoozed'])
/** What came after the first words: when, by whom (a teammate, the customer's key, `fin`), what, and as which kind of part. */
const StartPart = z.tuple([z.string(), z.string(), z.string().nullable(), PartType.default('comment')])

/** `<` and `&` need not be escaped. */
const StartConversation = z.strictObject({
  id: z.string(),
  from: z.string(),
  at: z.string(),
  text: z.string(),
  title: z.string().nullable().default(null),
  subject: z.string().default(''),
  isEmail: z.boolean().default(false),
  state: State.default('open'),
  assignee: z.string().optional(),
  priority: Priority.default('none'),
  tags: z.array(z.string()).default([]),
  parts: z.array(StartPart).default([]),
})
export type StartConversation = z.infer<typeof StartConversation>

const read = <T>(name: string, schema: z.ZodType<T>): Readonly<Record<string, T[]>> =>
  z
    .record(z.string(), z.array(schema))
    .parse(JSON.parse(readFileSync(new URL(`./data/${name}.json`, import.meta.url), 'utf8')))

/** Who writes, by workspace. */
export const people = read('people', StartContact)
/** What customers and teammates said to each other, by workspace. */
export const conversations = read('conversations', StartConversation)
