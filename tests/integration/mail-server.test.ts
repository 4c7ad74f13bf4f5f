// The environment is parsed at the first import, so the mail server has to be named before it.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

const received: string[] = []
let isDown = false
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (_address, _session, done) => done(isDown ? new Error('mailbox unavailable') : null),
  onData: (stream, _session, done) => {
    let text = ''
    stream.on('data', (part: Buffer) => {
      text += part.toString('utf8')
    })
    stream.on('end', () => {
      received.push(text)
      done()
    })
  },
})
server.listen(0, '127.0.0.1')
await once(server.server, 'listening')
const { port } = server.server.address() as AddressInfo // it listens on a port
process.env.SMTP_URL = `smtp://127.0.0.1:${port}`
const { expect, test } = await import('vitest')
const { withSystem } = await import('#lib/platform/db.ts')
const { readMails } = await import('#lib/platform/mailbox.ts')
const { InvitationSent } = await import('#lib/tenancy/schema.ts')
const { person } = await import('#tests/support/people.ts')

test('with a mail server mails go out by it; one that refuses keeps nobody out and says so', async () => {
  const dana = await person('Dana', { confirmed: false })
  expect(received.join()).toContain(`To: ${dana.email}`)
  expect(await readMails()).toEqual([])
  await withSystem('account', (db) =>
    db.user.update({ where: { id: dana.id }, data: { emailConfirmedAt: new Date() } }),
  )
  isDown = true
  expect((await person('Sam', { confirmed: false })).id).toBeTruthy()
  const { body } = await dana.post(dana.at('invitations'), { email: 'x@y.test', role: 'member' }, InvitationSent)
  expect(body.mailed).toBe(false)
  isDown = false
  expect((await dana.post(dana.at(`invitations/${body.id}/resend`), {}, InvitationSent)).body.mailed).toBe(true)
  expect(received.at(-1)).toContain('/invite/')
  server.close()
})
