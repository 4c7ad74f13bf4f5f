import { randomBytes } from 'node:crypto'
import type { Answer } from './http.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text made safe for HTML, attributes included. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)

const STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --soft: #59636e; --ground: #f6f8fa; --card: #fff; --text: #1f2328; --go: #1a7f37; --link: #0969da }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #9198a1; --ground: #0d1117; --card: #151b23; --text: #f0f6fc; --go: #238636; --link: #4493f8 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
.note { margin: 0; padding: 8px 16px; text-align: center; font-size: 14px; background: #fff8c5; color: #4d2d00; border-bottom: 1px solid #d4a72c }
main { max-width: 34rem; margin: 40px auto; padding: 0 16px }
main.wide { max-width: 60rem }
h1 { font-size: 24px; font-weight: 600; text-align: center; margin: 0 0 16px }
.wide h1 { text-align: left }
.card > :first-child { margin-top: 0 } .card > :last-child { margin-bottom: 0 }
h2 { font-size: 16px; margin: 24px 0 8px }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin: 0 0 16px }
.soft { color: var(--soft); font-size: 14px }
fieldset { border: 0; margin: 0 0 16px; padding: 0 }
legend { font-weight: 600; margin-bottom: 8px; padding: 0 }
label { display: flex; gap: 10px; align-items: center; min-height: 44px; padding: 4px 8px; border-radius: 6px; cursor: pointer }
label:hover { background: var(--ground) }
ul { margin: 0; padding-left: 20px } li { margin: 4px 0 }
.actions { display: flex; gap: 12px } .actions button { flex: 1 }
button { min-height: 44px; border-radius: 6px; border: 1px solid var(--line); background: var(--ground); color: var(--text); font: inherit; font-weight: 600; cursor: pointer }
button.go { background: var(--go); border-color: var(--go); color: #fff }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
a { color: var(--link) } code, pre { font: 13px/1.5 ui-monospace, monospace } pre { overflow: auto; margin: 0 }
`

/**
 * A page of the sandbox: no script, its own strict content security policy.
 * `formTargets` are origins that a form's answer may redirect to, which `form-action` has to name.
 */
export function page(
  status: number,
  input: {
    title: string
    body: string
    isWide?: boolean
    formTargets?: readonly string[]
    headers?: Record<string, string>
  },
): Answer {
  const nonce = randomBytes(16).toString('base64')
  const formAction = ["'self'", ...(input.formTargets ?? [])].join(' ')
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      ...input.headers,
    },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(input.title)}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><p class="note">A simulation on this machine. Nothing here reaches the real provider.</p>
<main${input.isWide ? ' class="wide"' : ''}>${input.body}</main></body></html>`,
  }
}
