import { startMailServer } from '#tests/support/mail-server.ts'

// The environment is parsed at the first import, so the mail server has to be named before it.
const mails = await startMailServer()
const { expect, test } = await import('vitest')
const { withSystem } = await import('#lib/platform/db.ts')
const { readMails } = await import('#lib/platform/mailbox.ts')
const { InvitationSent } = await import('#lib/tenancy/schema.ts')
const { person } = await import('#tests/support/people.ts')

test('with a mail server mails go out by it; one that refuses keeps nobody out and says so', async () => {
  const dana = await person('Dana', { confirmed: false })
  expect(await mails.to(dana.email)).toHaveLength(1)
  expect(await readMails()).toEqual([])
  await withSystem('account', (db) =>
    db.user.update({ where: { id: dana.id }, data: { emailConfirmedAt: new Date() } }),
  )
  mails.refuse(true)
  expect((await person('Sam', { confirmed: false })).id).toBeTruthy()
  const { body } = await dana.post(dana.at('invitations'), { email: 'x@y.test', role: 'member' }, InvitationSent)
  expect(body.mailed).toBe(false)
  mails.refuse(false)
  expect((await dana.post(dana.at(`invitations/${body.id}/resend`), {}, InvitationSent)).body.mailed).toBe(true)
  expect((await mails.to('x@y.test')).at(-1)?.text).toContain('/invite/')
  mails.close()
})
