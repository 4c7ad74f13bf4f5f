import { statSync } from 'node:fs'
import path from 'node:path'
import { startSandbox } from './server.ts'

const { SANDBOX_PORT = '3001', APP_URL = 'http://localhost:3000' } = process.env
const gitDir = path.resolve(import.meta.dirname, '../.git')
const isCheckout = statSync(gitDir, { throwIfNoEntry: false })?.isDirectory() ?? false

const sandbox = await startSandbox({
  port: Number(SANDBOX_PORT),
  appUrl: APP_URL.replace(/\/$/, ''),
  repositories: isCheckout ? [{ owner: 'plugboard', name: 'plugboard', gitDir }] : [],
})
console.info(`Sandbox at ${sandbox.url}`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0))
  })
}
