// A process of its own that tries wrong passwords for one address: says how many were judged and how many refused unjudged.
import { disconnect } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { signIn } from '#lib/tenancy/sign-in.ts'

const [email = '', tries = '0'] = process.argv.slice(2)
const guess = async () => {
  try {
    return (await signIn({ email, password: 'wrong', ip: '203.0.113.1', oldToken: null })) ? 'in' : 'judged'
  } catch (error) {
    return error instanceof Problem ? error.kind : 'failed'
  }
}
const outcomes = await Promise.all(Array.from({ length: Number(tries) }, guess))
console.log(JSON.stringify(outcomes))
await disconnect()
