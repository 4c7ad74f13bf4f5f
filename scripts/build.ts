// npm run build: the client and the production build, where they are not made yet.
import { onEnd } from './lib/lifeline.mjs'
import { messageOf } from './lib/message-of.ts'
import { ensureBuilt } from './lib/prepare.ts'
import { supervise } from './lib/supervise.ts'

const say = (line: string) => console.log(`[build] ${line}`)
const supervisor = supervise(say)
onEnd(() => void supervisor.stop(null))
try {
  say(`ready in ${await ensureBuilt(supervisor, say)}`)
  process.exit(0)
} catch (error) {
  console.error(`[build] ${messageOf(error)}`)
  await supervisor.stop(null)
  process.exit(1)
}
