// What is written with console.error in a test is a fault, unless the test expects it: vi.spyOn(console, 'error').
import { format } from 'node:util'
import { afterAll, afterEach } from 'vitest'

const unexpected: string[] = []
console.error = (...words: unknown[]) => {
  unexpected.push(format(...words))
}

function failIfAny(): void {
  const said = unexpected.splice(0)
  if (said.length > 0) throw new Error(`unexpected console.error:\n${said.join('\n')}`)
}
afterEach(failIfAny)
afterAll(failIfAny)
