import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { keyHeader } from './files.ts'
import type { FileRef } from './ids.ts'

const MAX_EXCERPT = 400
const MAX_DEPTH = 30

const Document = z.object({ tabs: z.array(z.unknown()).nullish().catch(null) })

/** Only what says something: of a document, tables and all, the words (developers.google.com/workspace/docs/api/concepts/structure). */
const FIELDS =
  'documentId,tabs(documentTab(body(content(paragraph(elements(textRun(content))),table(tableRows(tableCells(content)))))))'

const Run = z.object({ textRun: z.object({ content: z.string() }) })

/** The words below a node in their order, until there are enough. A line ends where Docs ends one. */
function* wordsIn(node: unknown, depth = 0): Generator<string> {
  if (typeof node !== 'object' || node === null || depth > MAX_DEPTH) return
  const run = Run.safeParse(node).data
  if (run) yield run.textRun.content
  else for (const inside of Object.values(node)) yield* wordsIn(inside, depth + 1)
}

/** The beginning of what a part of a document says, a paragraph to a line, without empty lines. */
function beginningOf(part: unknown): string {
  let text = ''
  for (const words of wordsIn(part)) {
    text += words
    if (text.length > 4 * MAX_EXCERPT) break
  }
  const lines = text.split(/[\n\r\v\f]+/).map((line) => line.replace(/\s+/g, ' ').trim())
  return lines.filter(Boolean).join('\n').slice(0, MAX_EXCERPT)
}

/** How a document begins: its first tab that says anything. */
function excerptOf(answer: unknown): string {
  const { tabs } = Document.parse(answer ?? {})
  for (const part of tabs ?? []) {
    const text = beginningOf(part)
    if (text !== '') return text
  }
  return ''
}

/** What ends the whole card: the account, or a server that is not set up. Without its beginning a document is still one. */
const isGrave = (error: unknown): boolean =>
  !(error instanceof ProviderFailure) || ['expired', 'revoked', 'setup'].includes(error.failure)

/** The beginning of a document; nothing where it cannot be read now. */
export async function readBeginning(api: Api, ref: FileRef): Promise<string> {
  try {
    const answer = await api(`/v1/documents/${ref.file}`, {
      elsewhere: true,
      schema: Document,
      query: { includeTabsContent: 'true', fields: FIELDS },
      headers: keyHeader(ref),
    })
    return excerptOf(answer)
  } catch (error) {
    if (isGrave(error)) throw error
    return ''
  }
}
