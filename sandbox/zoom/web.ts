import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { router, shows } from '#sandbox/route.ts'
import { announceRemoval } from './events.ts'
import { archived, download, fileOf } from './files.ts'
import { currentOf, isPast } from './occurrences.ts'
import { type State, timestamp, WEB, zoomApp } from './state.ts'
import { endGrant, ownersOf } from './tokens.ts'

const find = router<State, null>([
  shows('GET /rec/download/{file}', (call, { file = '' }, state) => download(call, state, file)),
  shows('GET /rec/archived/{file}', (call, { file = '' }, state) => archived(call, state, file)),
  shows('GET /rec/play/{file}', (_call, { file = '' }, state) => playPage(state, file)),
  shows('GET /j/{meeting}', (_call, { meeting = '' }, state) => meetingPage(state, meeting)),
  shows('GET /meeting/{meeting}', (_call, { meeting = '' }, state) => meetingPage(state, meeting)),
  shows('GET /user/installed', (_call, _params, state) => installedApps(state)),
  shows('POST /user/installed', (call, _params, state) => uninstall(call, state)),
])

/** The pages of zoom.us and its sub-domains that answers link to. Signing in is not simulated. */
export function showPage(call: Call, state: State): Answer | Promise<Answer> {
  const found = find(call.method, call.rest)
  return found ? found.handler(call, found.params, state) : missing()
}

const missing = (): Answer =>
  page(404, { title: 'Page not found - Zoom', body: '<h1>This page does not exist</h1><p>Check its address.</p>' })

function playPage(state: State, key: string): Answer {
  const found = fileOf(state, key)
  if (!found) return missing()
  const { meeting, occurrence, recording } = found.recorded
  const lines = recording.lines.map((line) => `<li>${escapeHtml(line)}</li>`)
  return page(200, {
    title: meeting.topic,
    isWide: true,
    body: `<h1>${escapeHtml(meeting.topic)}</h1><p class="soft">${timestamp(occurrence.startAt)}, ${occurrence.minutes} minutes</p>
<div class="card"><h2>Audio transcript</h2><ul>${lines.join('') || '<li>There is none.</li>'}</ul></div>`,
  })
}

function meetingPage(state: State, id: string): Answer {
  const meeting = state.meetings.find((one) => String(one.id) === id)
  const current = meeting && currentOf(state, meeting)
  if (!meeting || !current) return missing()
  const when = isPast(state, current) ? 'This meeting is over.' : `Starts at ${timestamp(current.startAt)}.`
  return page(200, {
    title: 'Launch Meeting - Zoom',
    body: `<h1>${escapeHtml(meeting.topic)}</h1><div class="card"><p>${escapeHtml(meeting.agenda)}</p><p class="soft">${when}</p></div>`,
  })
}

// marketplace.zoom.us/user/installed
function installedApps(state: State): Answer {
  const { name } = zoomApp(state.world)
  const rows = ownersOf(state).map((email) => {
    const who = escapeHtml(email)
    return `<form class="card" method="post" action="${WEB}/user/installed"><input type="hidden" name="account" value="${who}"><p><strong>${name}</strong> of ${who}</p><div class="actions"><button>Uninstall ${name} of ${who}</button></div></form>`
  })
  return page(200, {
    title: 'Added Apps - Zoom',
    body: `<h1>Added apps</h1>${rows.join('') || '<p>No apps are added.</p>'}`,
  })
}

function uninstall(call: Call, state: State): Answer {
  const email = fields(call)?.account ?? ''
  if (endGrant(state, email) === 0) return missing()
  announceRemoval(state, email)
  return redirect(303, `${WEB}/user/installed`)
}
