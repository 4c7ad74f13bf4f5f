// Stands in for the product's web process: answers with its own process id, and with what the database says.
import http from 'node:http'
import pg from 'pg'

const { PORT, HOST, DATABASE_URL, STUB_WEB } = process.env
if (STUB_WEB === 'fails') process.exit(7)

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 2, connectionTimeoutMillis: 2000 })
pool.on('error', () => {}) // a database that went away is noticed by the next question

const server = http.createServer((_, response) => {
  pool.query('SELECT count(*)::int AS seen FROM "_prisma_migrations"').then(
    ({ rows }) =>
      response.writeHead(STUB_WEB === 'never ready' ? 503 : 200).end(JSON.stringify({ pid: process.pid, ...rows[0] })),
    (error: Error) => response.writeHead(500).end(error.message),
  )
})
server.listen(Number(PORT), HOST)
process.on('SIGTERM', () => process.exit(0))
process.on('SIGINT', () => console.log('web was interrupted')) // the terminal's Ctrl-C is the supervisor's alone
