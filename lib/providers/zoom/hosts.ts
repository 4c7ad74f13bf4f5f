import { z } from 'zod'
import type { Endpoints, Origins } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'

const HOME = 'https://api.zoom.us'

/** An address of Zoom's own API, of which each region has one: a token goes to no other host because an answer says so. */
const isZoom = (origin: string | undefined): origin is string =>
  origin !== undefined && /^https:\/\/api(?:-[a-z\d]+)?\.zoom\.us$/.test(origin)

const Told = z.object({ api_url: z.string() })

/** Where an account's API is, as the token answer says it (developers.zoom.us/docs/integrations/oauth). */
export function hostIn(body: unknown): Config {
  const origin = URL.parse(Told.safeParse(body).data?.api_url ?? '')?.origin
  return isZoom(origin) && origin !== HOME ? { api: origin } : {}
}

/** What stands for Zoom here stands for all of its regions. */
export function endpoints({ web = '', api = HOME }: Origins, { api: told }: Config): Endpoints {
  return {
    api: `${api === HOME && isZoom(told) ? told : api}/v2`,
    elsewhere: web,
    authorize: `${web}/oauth/authorize`,
    token: `${web}/oauth/token`,
  }
}
