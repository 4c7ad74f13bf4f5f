import type { Answer, Call } from '#sandbox/http.ts'
import { page } from '#sandbox/page.ts'
import type { State } from './state.ts'

/** Every other page of github.com. */
export function showPage(_call: Call, _state: State): Answer {
  return page(404, {
    title: 'Page not found',
    body: '<h1>404</h1><p>This is not the web page you are looking for.</p>',
  })
}
