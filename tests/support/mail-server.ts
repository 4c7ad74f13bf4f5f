// A real mail server on loopback. It names itself in SMTP_URL, so it is started before anything parses the environment.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type MailServer = {
  /** The mails to an address, as they came over the wire, oldest first. */
  to: (address: string) => Promise<Email[]>
  /** Lets it refuse every mail from now on, or take them again. */
  refuse: (isDown: boolean) => void
  close: () => void
}

export async function startMailServer(): Promise<MailServer> {
  const received: string[] = []
  let isRefusing = false
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(isRefusing ? new Error('mailbox unavailable') : null),
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        received.push(Buffer.concat(parts).toString('utf8'))
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo // it listens on a port
  process.env.SMTP_URL = `smtp://127.0.0.1:${port}`
  return {
    to: async (address) => {
      const mails = await Promise.all(received.map((text) => PostalMime.parse(text)))
      return mails.filter(({ to }) => to?.some((one) => one.address === address))
    },
    refuse: (isDown) => {
      isRefusing = isDown
    },
    close: () => server.close(),
  }
}
