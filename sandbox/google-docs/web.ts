import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { meaning } from './scopes.ts'
import { ACCOUNTS, accountOf, type DriveFile, fileOf, type State } from './state.ts'
import { markdown } from './text.ts'
import { endGrant, grantOf } from './tokens.ts'

/** The pages of docs.google.com and drive.google.com that answers link to. Signing in is not simulated: what anyone with the link may read is shown. */
export function showPage(call: Call, state: State): Answer {
  const [, id] = /^\/(?:document|spreadsheets|presentation|forms|file)\/d\/([\w-]+)(?:\/|$)/.exec(call.rest) ?? []
  const [, folder] = /^\/drive\/folders\/([\w-]+)$/.exec(call.rest) ?? []
  const file = fileOf(state, id ?? folder ?? '')
  if (!file || call.method !== 'GET') return missing()
  return file.hasLink ? shown(file) : locked(state, file)
}

const missing = (): Answer =>
  page(404, {
    title: 'Page not found',
    body: '<h1>Sorry, the file you have requested does not exist.</h1><p>Make sure that you have the correct URL and that the file exists.</p>',
  })

const shown = ({ name, tabs }: DriveFile): Answer =>
  page(200, {
    title: name,
    isWide: true,
    body: `<h1>${escapeHtml(name)}</h1><div class="card"><pre>${escapeHtml(markdown(tabs))}</pre></div>`,
  })

function locked(state: State, { owner, driveId }: DriveFile): Answer {
  const drive = state.drives.find(({ id }) => id === driveId)
  const whose = owner === null ? `the shared drive ${drive?.name ?? ''}` : (accountOf(state, owner)?.name ?? owner)
  return page(200, {
    title: 'You need access',
    body: `<h1>You need access</h1><p>This file belongs to ${escapeHtml(whose)}. Google would ask you to sign in as somebody it is shared with.</p>`,
  })
}

/** The page of an account's connections: what the project may do for each person, and how to end it. */
export function showConnections(state: State): Answer {
  const rows = state.accounts.flatMap((account) => {
    const grant = grantOf(state, account.email)
    if (!grant) return []
    const scopes = grant.scopes.map((scope) => `<li>${escapeHtml(meaning(scope))}</li>`)
    const form = `<form method="post" action="${ACCOUNTS}/connections"><input type="hidden" name="account" value="${escapeHtml(account.email)}"><div class="actions"><button>Delete all connections of ${escapeHtml(account.email)}</button></div></form>`
    return [
      `<div class="card"><p><strong>Plugboard</strong> has some access to ${escapeHtml(account.name)}’s Google Account</p><ul>${scopes.join('')}</ul>${form}</div>`,
    ]
  })
  const title = 'Your connections to third-party apps & services'
  return page(200, { title, body: `<h1>${escapeHtml(title)}</h1>${rows.join('') || '<p>There are none.</p>'}` })
}

/** POST of that page. */
export function removeConnection(call: Call, state: State): Answer {
  endGrant(state, fields(call)?.account ?? '')
  return redirect(303, `${ACCOUNTS}/connections`)
}
