import { randomBytes } from 'node:crypto'
import { type Answer, type Call, header, json } from '#sandbox/http.ts'
import { ARCHIVIST, type State } from './state.ts'

/** Keeps something for a time at an address that whoever knows it can read. */
export function keepObject(state: State, seconds: number, type: string, body: string): string {
  const name = randomBytes(96).toString('base64url')
  state.objects.set(name, { until: state.world.clock.now() + seconds * 1000, type, body })
  return `${state.world.url}${ARCHIVIST}/v1/object/${name}`
}

/** archivist.terraform.io: no token is asked for; the log shows where one was sent along. */
export function answerArchivist(call: Call, state: State): Answer {
  if (header(call, 'authorization') !== undefined) call.note.headers = ['authorization']
  const [, name = ''] = /^\/v1\/object\/([\w-]+)$/.exec(call.rest) ?? []
  const found = state.objects.get(name)
  if (!found || found.until <= state.world.clock.now() || !['GET', 'HEAD'].includes(call.method)) {
    return json(404, { errors: ['not found'] })
  }
  return { status: 200, headers: { 'content-type': found.type }, body: found.body }
}
