import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { ownerOf } from './account-api.ts'
import { masked, usageOf } from './keys.ts'
import { modelOf } from './models.ts'
import { balanceOf, type Key, type State } from './state.ts'

/** The pages of openrouter.ai that links lead to; here everybody is signed in as everybody. */
export function showPage(call: Call, state: State): Answer {
  const line = `${call.method} ${call.rest}`
  if (line === 'GET /settings/keys') return keysPage(state, [...state.keys.values()])
  if (line === 'POST /settings/keys') return changeKey(call, state)
  if (line === 'GET /credits' || line === 'GET /settings/credits') return creditsPage(state)
  if (line === 'GET /logs') return logsPage(call, state)
  const [, hash] = /^GET \/keys\/([0-9a-f]{64})$/.exec(line) ?? []
  const key = [...state.keys.values()].find((one) => one.hash === hash)
  if (key) return keysPage(state, [key])
  const [, id = ''] = /^GET \/([\w.-]+\/[\w.:-]+)$/.exec(line) ?? []
  return modelPage(state, id)
}

const card = (html: string): string => `<div class="card">${html}</div>`
const missing = (): Answer =>
  page(404, { title: 'Not found', body: '<h1>404</h1><p>There is no such page, or it is somebody else’s.</p>' })

function keysPage(state: State, keys: readonly Key[]): Answer {
  const cards = keys.map((key) => {
    const usage = `${usageOf(state, key, null).toFixed(4)} USD used${key.limit === null ? '' : ` of ${key.limit}`}`
    const toggle = key.isDisabled ? 'enable' : 'disable'
    return card(`<form method="post" action="/openrouter-web/settings/keys">
<input type="hidden" name="hash" value="${key.hash}">
<h2>${escapeHtml(key.label)}</h2>
<p class="soft"><code>${escapeHtml(masked(key.value))}</code> · ${escapeHtml(ownerOf(state, key))} · ${escapeHtml(usage)}${key.isDisabled ? ' · disabled' : ''}</p>
<div class="actions"><button name="change" value="${toggle}">${key.isDisabled ? 'Enable' : 'Disable'}</button><button name="change" value="delete">Delete</button></div></form>`)
  })
  return page(200, { title: 'API keys', body: `<h1>API keys</h1>${cards.join('') || card('<p>No keys.</p>')}` })
}

// Only who was shown the page knows a key's hash, so no other site's form can name one.
function changeKey(call: Call, state: State): Answer {
  const sent = fields(call) ?? {}
  const key = [...state.keys.values()].find(({ hash }) => hash === sent.hash)
  if (!key) return missing()
  if (sent.change === 'delete') state.keys.delete(key.value)
  else key.isDisabled = sent.change === 'disable'
  return redirect(303, '/openrouter-web/settings/keys')
}

function creditsPage(state: State): Answer {
  const rows = state.accounts.map(
    (account) => `<li>${escapeHtml(account.name)}: ${balanceOf(account).toFixed(2)} USD of ${account.purchased}</li>`,
  )
  return page(200, { title: 'Credits', body: `<h1>Credits</h1>${card(`<ul>${rows.join('')}</ul>`)}` })
}

function logsPage({ query }: Call, state: State): Answer {
  const hash = query.get('api_key_hash')
  const login = [...state.keys.values()].find((key) => key.hash === hash)?.account
  const rows = [...state.generations.values()]
    .filter(({ account }) => hash === null || account === login)
    .map(
      ({ id, model, promptTokens, completionTokens, cost }) =>
        `<li><code>${escapeHtml(id)}</code> ${escapeHtml(model)}: ${promptTokens} + ${completionTokens} tokens, ${cost.toFixed(6)} USD</li>`,
    )
  return page(200, {
    title: 'Logs',
    isWide: true,
    body: `<h1>Logs</h1>${card(`<ul>${rows.join('') || '<li>Nothing yet</li>'}</ul>`)}`,
  })
}

function modelPage({ settings }: State, id: string): Answer {
  const model = modelOf(id)
  if (!model || settings.goneModels.includes(model.id)) return missing()
  const price = model.pricing
    ? `${model.pricing.prompt} USD per million tokens in, ${model.pricing.completion} out`
    : 'costs what the model it picks costs'
  return page(200, {
    title: model.name,
    body: `<h1>${escapeHtml(model.name)}</h1>${card(`<p><code>${escapeHtml(model.id)}</code></p><p>${escapeHtml(model.description)}</p><p class="soft">${escapeHtml(price)}</p>`)}`,
  })
}
