import { type Answer, type Call, header } from '#sandbox/http.ts'
import { MEDIA, type State } from './state.ts'

// git-lfs.com: what a repository holds in the place of a large file.
const POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize (\d+)\n/

/** The large file that a blob points at, or null when it is a file itself. */
export function largeFile(content: Buffer) {
  const [, oid, size] = content.length < 1024 ? (POINTER.exec(content.toString()) ?? []) : []
  if (oid === undefined) return null
  return { address: ({ world }: State): string => `${world.url}${MEDIA}/file/${oid}/binary?size=${size}` }
}

/** Answers for the media host: a signed address is enough, and a header beside it is refused. */
export function answerMedia(call: Call): Answer {
  if (header(call, 'authorization') !== undefined) return { status: 400, body: 'Only one auth mechanism is allowed' }
  const size = Number(call.query.get('size'))
  if (!/^\/file\/[0-9a-f]{64}\/binary$/.test(call.rest) || !(size > 0 && size < 5_000_000)) return { status: 404 }
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: Buffer.alloc(size, 1) }
}
