// Settings -> Integrations as a browser gets it, from the finished build of this checkout: server time, statements, JavaScript.
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { sessionCookieName } from '#lib/tenancy/read-session.ts'
import { sealSession } from '#lib/tenancy/seal-session.ts'
import { buildFolder } from '#scripts/lib/prepare.ts'
import { webPart } from '#scripts/lib/programs.ts'
import { readSettings } from '#scripts/lib/settings.ts'
import type { Floor } from './floor.ts'
import { databaseWith, MANY, watched } from './plant.ts'
import { atMost, digits, type Row, told } from './report.ts'
import { median, sideBySide, timesOf } from './rounds.ts'
import { askedBy } from './statements.ts'

const HUB = `/${watched.slug}/settings/integrations`
/** The page with the least in the same shell. */
const EMPTY = '/account/preferences'
/** The same gate and shell around a page that is not there: what it asks, every page of an organization asks. */
const NOTHING = `/${watched.slug}/nothing-here`
const ROUNDS = 40
const VISITS = 4
const MOST_JAVASCRIPT_KB = 150

/** Measures the page with a hundred thousand connections in the table. */
export async function measurePage(floor: Floor): Promise<Row[]> {
  const folder = buildFolder()
  if (!folder) return [told('hub page', 'not measured: this checkout has no build (npm run build)')]
  const { app, superuser } = await databaseWith(floor, MANY)
  const origin = String(floor.env.APP_URL)
  const auth = { NEXTAUTH_URL: origin, NEXTAUTH_SECRET: floor.env.AUTH_SECRET }
  const env = { ...floor.env, ...auth, DATABASE_URL: app }
  await floor.supervisor.keep(webPart(readSettings(env, false), env, folder))
  const cookie = `${sessionCookieName()}=${await sealSession(watched.session)}`
  const visit = async (path: string, status: number) => {
    const answer = await fetch(origin + path, { headers: { cookie }, redirect: 'manual' })
    const text = await answer.text()
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status}`)
    return text
  }
  const hub = () => visit(HUB, 200)
  const empty = () => visit(EMPTY, 200)
  const [full, bare] = [await hub(), await empty()]
  const compared = await sideBySide(
    ROUNDS,
    async () => median(await timesOf(VISITS, hub)),
    async () => median(await timesOf(VISITS, empty)),
  )
  const shells = (await askedBy(superuser, () => visit(NOTHING, 404))).statements
  const own = (await askedBy(superuser, hub)).statements.filter((text) => !shells.includes(text))
  return [
    atMost('hub page: server time against an empty page', compared.ratio, 2, 'x', compared),
    atMost('hub page: SQL statements besides those of every page', own.length, 4, '', { own, shells }),
    ...(await firstLoads(full, bare, origin)),
  ]
}

async function firstLoads(full: string, bare: string, origin: string): Promise<Row[]> {
  const [page, shell] = [await scriptsOf(full, origin), await scriptsOf(bare, origin)]
  const what = `hub page: JavaScript of the first load, gzip (brotli ${digits(page.brotli)} kB)`
  return [
    atMost(what, page.gzip, MOST_JAVASCRIPT_KB, ' kB', page),
    told('hub page: of that, what an empty page loads too', `${digits(shell.gzip)} kB`, shell),
  ]
}

/** Every script that a page names, in its markup or in the data it is made alive with; without those for old browsers. In kB. */
async function scriptsOf(html: string, origin: string) {
  const old = [...html.matchAll(/<script[^>]*\bnoModule\b[^>]*>/gi)].map(([tag]) => tag).join('')
  const named = [...html.matchAll(/\/_next\/static\/[^"'\\\s]+\.js/g)].map(([path]) => path)
  const paths = [...new Set(named)].filter((path) => !old.includes(path))
  const load = async (path: string) => Buffer.from(await (await fetch(origin + path)).arrayBuffer())
  const bodies = await Promise.all(paths.map(load))
  const sum = (size: (body: Buffer) => number) => bodies.reduce((total, body) => total + size(body), 0) / 1000
  return {
    gzip: sum((body) => gzipSync(body).length),
    brotli: sum((body) => brotliCompressSync(body).length),
    files: Object.fromEntries(paths.map((path, n) => [path, bodies[n]?.length])),
  }
}
