import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { newReceiver } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { standing, terraformClient } from '#tests/support/sandbox-terraform.ts'

const app = await newReceiver()
const terraform = await newSandbox(terraformClient, app.url)

const ADMIN = standing('adminty')
const SECRET = 'plugboard-tf-token'
const HEADER = 'x-tfe-notification-signature'
const TRIGGERS = ['run:created', 'run:completed', 'run:errored']
const signed = (body: string, secret = SECRET) => createHmac('sha512', secret).update(body).digest('hex')
const wanted = (attributes: object = {}, type = 'notification-configuration') => ({
  data: {
    type,
    attributes: {
      'destination-type': 'generic',
      enabled: true,
      name: 'Plugboard',
      url: `${app.url}/hook`,
      token: SECRET,
      triggers: TRIGGERS,
      ...attributes,
    },
  },
})
const placeOf = async (name = 'web-cdn') =>
  `/workspaces/${await terraform.workspaceId(name)}/notification-configurations`
const create = async (attributes: object = {}) => terraform.send('POST', await placeOf(), ADMIN, wanted(attributes))
const send = async (delivery: Record<string, unknown> = {}) => {
  app.received = []
  const answer = await terraform.control.webhook('terraform', {
    workspace: 'web-cdn',
    subscription: 'one',
    secret: SECRET,
    ...delivery,
  })
  const [first, second] = app.received
  return { answer, first, second, body: JSON.parse(first?.body ?? '{}') }
}

test('an enabled configuration is verified at once by a signed delivery about nothing', async () => {
  const answer = await create()
  expect(answer.status).toBe(201)
  const { data } = await answer.json()
  const [first] = app.received
  expect([app.received.length, first?.path, first?.headers[HEADER]]).toEqual([1, '/hook', signed(first?.body ?? '')])
  expect(JSON.parse(first?.body ?? '')).toMatchObject({
    payload_version: 1,
    notification_configuration_id: data.id,
    run_id: null,
    workspace_name: null,
    notifications: [{ message: 'Verification of Plugboard', trigger: 'verification', run_status: null }],
  })
  expect(data.attributes).toMatchObject({
    token: null,
    'delivery-responses': [{ code: '200', successful: 'true', body: 'thanks' }],
  })
})

test('a configuration that cannot be verified is not kept; one that is not enabled is not verified', async () => {
  for (const code of [500, 302]) {
    app.answerWith = code
    expect([code, (await create()).status]).toEqual([code, 400])
  }
  expect((await create({ url: 'http://127.0.0.1:9/' })).status).toBe(400)
  expect((await terraform.list(await placeOf(), ADMIN)).data).toEqual([])
  app.received = []
  expect([(await create({ enabled: false })).status, app.received.length]).toEqual([201, 0])
  expect((await terraform.list(await placeOf(), ADMIN)).data).toHaveLength(1)
})

test('a body of another type is a 415, and one that is malformed a 422', async () => {
  const place = await placeOf()
  const plain = await terraform.send('POST', place, ADMIN, wanted(), 'application/json')
  expect([plain.status, await plain.json()]).toEqual([
    415,
    {
      errors: [
        { status: '415', title: 'invalid content type', detail: 'content-type must be application/vnd.api+json' },
      ],
    },
  ])
  const bodies = [
    {},
    wanted({}, 'webhooks'),
    wanted({ name: undefined }),
    wanted({ url: 'not an address' }),
    wanted({ url: 'ftp://example.com' }),
    wanted({ triggers: ['run:done'] }),
    wanted({ 'destination-type': 'smoke' }),
  ]
  for (const body of bodies) expect((await terraform.send('POST', place, ADMIN, body)).status).toBe(422)
  expect(app.received).toEqual([])
})

test('a workspace has 20 configurations at most', async () => {
  await terraform.set({ rateLimit: { limit: 100, windowSeconds: 60 } })
  const place = await placeOf()
  const body = wanted({ enabled: false })
  for (let n = 0; n < 20; n += 1) expect((await terraform.send('POST', place, ADMIN, body)).status).toBe(201)
  expect((await terraform.send('POST', place, ADMIN, body)).status).toBe(422)
})

test('a configuration is shown, changed, verified again and deleted, by admins of its workspace alone', async () => {
  const { data } = await (await create({ enabled: false })).json()
  const own = `/notification-configurations/${data.id}`
  const change = (attributes: object, token = ADMIN) =>
    terraform.send('PATCH', own, token, { data: { type: 'notification-configurations', attributes } })
  for (const word of ['plugbrd', 'orgwide']) {
    expect([word, await terraform.statusOf(own, standing(word))]).toEqual([word, 404])
    expect((await change({ enabled: true }, standing(word))).status).toBe(404)
  }
  app.answerWith = 404
  expect((await change({ enabled: true })).status).toBe(400)
  app.answerWith = 204
  expect((await change({ enabled: true, name: 'Boards' })).status).toBe(200)
  expect((await terraform.show(own, ADMIN)).data.attributes).toMatchObject({
    enabled: true,
    name: 'Boards',
    triggers: TRIGGERS,
  })
  expect((await terraform.send('POST', `${own}/actions/verify`, ADMIN, {})).status).toBe(200)
  expect((await terraform.api(own, ADMIN, { method: 'DELETE' })).status).toBe(204)
  expect(await terraform.statusOf(own, ADMIN)).toBe(404)
})

test('a delivery goes to the configurations that want its trigger', async () => {
  await create()
  await create({ url: `${app.url}/other`, triggers: ['run:planning'] })
  await create({ url: `${app.url}/unsigned`, token: null })
  await send({ subscription: undefined, secret: undefined })
  expect(
    app.received.map(({ path, headers, body }) => [path, headers[HEADER] === signed(body), HEADER in headers]),
  ).toEqual([
    ['/hook', true, true],
    ['/unsigned', false, false],
  ])
})

test('a delivery about a run names the run, its workspace and what happened', async () => {
  const { body, answer } = await send({ trigger: 'run:completed' })
  expect(answer).toEqual({
    deliveries: [{ configuration: expect.stringMatching(/^nc-/), status: 200, response: 'thanks' }],
  })
  expect(body).toEqual({
    payload_version: 1,
    notification_configuration_id: expect.stringMatching(/^nc-/),
    run_url: `${terraform.base}/app/acme/web-cdn/runs/${body.run_id}`,
    run_id: expect.stringMatching(/^run-/),
    run_message: 'Cache pictures for a month',
    run_created_at: expect.any(String),
    run_created_by: 'priya-n',
    workspace_id: await terraform.workspaceId('web-cdn'),
    workspace_name: 'web-cdn',
    organization_name: 'acme',
    notifications: [
      {
        message: 'Run Completed',
        trigger: 'run:completed',
        run_status: 'applied',
        run_updated_at: expect.any(String),
        run_updated_by: 'priya-n',
      },
    ],
  })
})

test('a canceled run arrives as one that errored', async () => {
  const { body } = await send({ trigger: 'run:completed', runStatus: 'canceled' })
  expect(body.notifications).toMatchObject([
    { message: 'Run Canceled', trigger: 'run:errored', run_status: 'canceled' },
  ])
})

test('nothing is sent about a run that only plans, or in a workspace that runs elsewhere', async () => {
  await terraform.set({ runs: [{ workspace: 'lee-playground', status: 'applied' }] })
  await expect(send({ workspace: 'lee-playground' })).rejects.toThrow(': 400 ')
  const made = await terraform.set({ runs: [{ workspace: 'web-cdn', planOnly: true }] })
  const [{ id }] = made.runs as [{ id: string }] // control's own answer
  await expect(send({ run: id })).rejects.toThrow(': 400 ')
})

test('a delivery about an assessment has a version that is text, and no list of notifications', async () => {
  const { body } = await send({ trigger: 'assessment:drifted' })
  expect(body).toMatchObject({
    payload_version: '2',
    trigger_scope: 'assessment',
    trigger: 'assessment:drifted',
    details: { new_assessment_result: { drifted: true, resources_drifted: 1 }, workspace_name: 'web-cdn' },
  })
  expect(body).not.toHaveProperty('notifications')
})

test('deliveries are signed as a known vector says', async () => {
  const payload = {
    payload_version: 1,
    notification_configuration_id: 'nc-AeUQ2zfKZzW9TiGZ',
    run_id: 'run-FwnENkvDnrpyFC7M',
  }
  expect((await send({ payload })).first?.headers[HEADER]).toBe(
    '188226fa0af23cda04c49053003bf1b6bd6fac7fcd25d537286115581ac41e7dbaac8491689306bcb9d0994b6b8790150391706a0aeddf6ffbd0b9e919705cad',
  )
})

test('deliveries can be forged, unsigned, repeated, replayed and late', async () => {
  const forged = await send({ mode: 'forged' })
  expect(forged.first?.headers[HEADER]).toMatch(/^[0-9a-f]{128}$/)
  expect(forged.first?.headers[HEADER]).not.toBe(signed(forged.first?.body ?? ''))
  expect((await send({ mode: 'unsigned' })).first?.headers).not.toHaveProperty(HEADER)
  for (const mode of ['repeated', 'replayed']) {
    const { first, second } = await send({ mode })
    expect([second?.body, second?.headers[HEADER]]).toEqual([first?.body, first?.headers[HEADER]])
  }
  const { body, first } = await send({ mode: 'late' })
  expect(Date.now() - Date.parse(body.notifications[0].run_updated_at)).toBeGreaterThan(3_500_000)
  expect(first?.headers[HEADER]).toBe(signed(first?.body ?? ''))
})
