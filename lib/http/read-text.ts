import { Problem } from '#lib/platform/problem.ts'

/** The text of a body of at most `maxBytes`. Stops reading where it grows larger: nobody fills the memory of this process. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new Problem('body-too-large')
  if (!request.body) return ''
  const decoder = new TextDecoder()
  const reader = request.body.getReader()
  let [text, size] = ['', 0]
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength
    if (size > maxBytes) {
      await reader.cancel()
      throw new Problem('body-too-large')
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}
