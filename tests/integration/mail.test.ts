import { expect, test } from 'vitest'
import { readMails } from '#lib/platform/mailbox.ts'
import { linkTo } from '#tests/support/mailbox.ts'
import { person } from '#tests/support/people.ts'

test('without a mail server the mails of embedded mode can be read, other letters and long links too', async () => {
  const dana = await person('Dana')
  await dana.patch('/api/v1/me', { name: 'Zażółć Gęślą' })
  await dana.patch(dana.at(), { name: 'Søn & Co.' })
  await dana.post(dana.at('invitations'), { email: 'priya@mail.test', role: 'member' })
  const token = await linkTo('priya@mail.test', 'invite')
  const [newest] = (await readMails()) ?? []
  expect(newest).toMatchObject({
    to: 'priya@mail.test',
    subject: 'Zażółć Gęślą invites you to Søn & Co. on Plugboard',
    text: expect.stringContaining(`http://localhost:3000/invite/${token}`),
  })
  expect(newest?.text).toContain('Zażółć Gęślą invites you to Søn & Co.')
})
