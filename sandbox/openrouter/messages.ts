import { z } from 'zod'

const Part = z.looseObject({ type: z.string(), text: z.string().optional() })
const Message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(Part)]).nullish(),
})
export type ChatMessage = z.infer<typeof Message>

/** What POST /chat/completions is sent. Parameters it does not know are dropped silently. */
export const ChatRequest = z.object({
  model: z.string().min(1).optional(),
  models: z.array(z.string().min(1)).optional(),
  messages: z.array(Message).min(1),
  max_tokens: z.number().int().min(1).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  stream: z.boolean().nullish(),
  user: z.string().nullish(),
})
export type ChatRequest = z.infer<typeof ChatRequest>

/** The words of a message, whichever way they were sent. */
export function textOf({ content }: ChatMessage): string {
  if (typeof content === 'string') return content
  return (content ?? []).map(({ text }) => text ?? '').join('\n')
}

/** About how many tokens a text is: four characters each. */
export const tokensIn = (text: string): number => Math.ceil(text.length / 4)
