import { expect, test } from 'vitest'
import { PersonView } from '#lib/tenancy/schema.ts'
import { member, person } from '#tests/support/people.ts'

test('who signs up owns an organization and is signed in as themselves', async () => {
  const dana = await person('Dana')
  const { body } = await dana.get('/api/v1/me', PersonView)
  expect(body).toEqual({ id: dana.id, name: 'Dana', email: dana.email, emailConfirmed: true })
  const priya = await member(dana)
  expect((await priya.get(dana.at())).body).toMatchObject({ role: 'member' })
})
