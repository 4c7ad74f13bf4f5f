import type { Desk } from './control.ts'
import type { Answer } from './http.ts'
import { escapeHtml, page } from './page.ts'

/** GET /: what the sandbox serves, for people who open it. */
export function indexPage({ providers, url }: Desk): Answer {
  const rows = providers.map(({ name, origins }) => {
    const lines = Object.entries(origins).map(
      ([prefix, real]) =>
        `<li><code>${escapeHtml(url + prefix)}</code> stands for <code>${escapeHtml(real)}</code></li>`,
    )
    return `<div class="card"><h2>${escapeHtml(name)}</h2><ul>${lines.join('')}</ul></div>`
  })
  return page(200, {
    title: 'Sandbox',
    isWide: true,
    body: `<h1>Simulated providers</h1><p>Made-up accounts and data, real HTTP. What arrived is listed at <a href="/__sandbox/log">/__sandbox/log</a>.</p>${rows.join('')}`,
  })
}
