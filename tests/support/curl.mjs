// As much of curl as docs/api.md uses (curl.se/docs/manpage.html), for machines that have none.
const options = { '-H': [], '-d': null, '-X': null, '-w': '' }
let url = ''
let failsWithBody = false
const args = process.argv.slice(2)
for (let at = 0; at < args.length; at++) {
  const arg = args[at]
  if (arg === '-sS' || arg === '-N') continue
  if (arg === '--fail-with-body') failsWithBody = true
  else if (arg === '-H') options['-H'].push(args[++at])
  else if (arg in options) options[arg] = args[++at]
  else if (arg.startsWith('-')) throw new Error(`this is not all of curl: it has no ${arg}`)
  else url = arg
}
const headers = options['-H'].map((line) => [
  line.slice(0, line.indexOf(':')),
  line.slice(line.indexOf(':') + 1).trim(),
])
// as curl does, a body is a form unless somebody says otherwise
if (options['-d'] !== null && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
  headers.push(['content-type', 'application/x-www-form-urlencoded'])
const method = options['-X'] ?? (options['-d'] === null ? 'GET' : 'POST')
const response = await fetch(url, { method, headers, ...(options['-d'] === null ? {} : { body: options['-d'] }) })
process.stdout.write(await response.text())
process.stdout.write(options['-w'].replace('%{http_code}', String(response.status)).replaceAll('\\n', '\n'))
if (failsWithBody && response.status >= 400) {
  process.stderr.write(`curl: (22) The requested URL returned error: ${response.status}\n`)
  process.exitCode = 22
}
