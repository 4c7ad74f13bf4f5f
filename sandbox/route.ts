import type { Answer, Call } from './http.ts'

export type Params = Record<string, string>
export type Handler<Context> = (call: Call, params: Params, context: Context) => Answer | Promise<Answer>
export type Route<Context, About> = { method: string; pattern: string; about: About; handler: Handler<Context> }
export type Found<Context, About> = { handler: Handler<Context>; params: Params; about: About }

/** A route by a line like `GET /settings/{section}`, about which there is nothing else to say. */
export function shows<Context>(line: string, handler: Handler<Context>): Route<Context, null> {
  const [method = '', pattern = ''] = line.split(' ')
  return { method, pattern, handler, about: null }
}

/** Looks a request up in a table of routes; the first that fits wins. HEAD is answered as GET. `{name}` takes one segment, `{+name}` the rest of the path (which may be empty). */
export function router<Context, About>(routes: readonly Route<Context, About>[]) {
  const compiled = routes.map((route) => ({ route, expression: compile(route.pattern) }))
  return (method: string, path: string): Found<Context, About> | null => {
    const wanted = method === 'HEAD' ? 'GET' : method
    for (const { route, expression } of compiled) {
      const match = route.method === wanted ? expression.exec(path) : null
      const params = match ? decoded(match.groups ?? {}) : null
      if (params) return { handler: route.handler, about: route.about, params }
    }
    return null
  }
}

function compile(pattern: string): RegExp {
  const source = pattern
    .replaceAll('.', String.raw`\.`)
    .replace(/\/\{\+(\w+)\}/g, '(?:/(?<$1>.*))?')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  return new RegExp(`^${source}$`)
}

function decoded(groups: Record<string, string | undefined>): Params | null {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value ?? '')]))
  } catch {
    return null
  }
}
