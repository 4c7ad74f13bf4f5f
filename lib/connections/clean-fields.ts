import { checkTypedUrl, EgressRefused } from '#lib/platform/egress.ts'
import { env } from '#lib/platform/env.ts'
import { type FieldError, Problem } from '#lib/platform/problem.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { AuthMethod, Field, Secret } from '#lib/providers/define-auth.ts'

type Cleaned = { value: string } | { wrong: string } | null

const around = /^[\s"'`“”‘’\u200b\ufeff]+|[\s"'`“”‘’\u200b\ufeff]+$/g

/** What was meant: without the spaces, quotes and line ends that come along when one copies; of a secret also the scheme. */
function strip(text: string, isSecret: boolean): string {
  const bare = text.replace(around, '')
  if (!isSecret) return bare
  const joined = bare.replace(/[\r\n\t]+/g, '')
  const scheme = /^(?:authorization:\s*)?(?:bearer|token)\s+/i.exec(joined)
  return scheme ? strip(joined.slice(scheme[0].length), isSecret) : joined
}

/** Whether an address may be reached at all, as far as it tells by itself; what its name resolves to is judged by every call. */
function isReachable(address: string): boolean {
  try {
    const url = new URL(address)
    checkTypedUrl(url, env().EGRESS_ALLOW)
    return url.search === '' && url.hash === ''
  } catch (error) {
    if (error instanceof TypeError || error instanceof EgressRefused) return false
    throw error
  }
}

const toAddress = (text: string): string => (/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`).replace(/\/+$/, '')

function clean(field: Field, bare: string): Cleaned {
  const { label, secret, optional, choices, wrong } = field
  const text = bare || (choices?.[0]?.id ?? '')
  if (text === '') return optional ? null : { wrong: `${label} is needed.` }
  if (choices && !choices.some(({ id }) => id === text))
    return { wrong: `${label}: choose one of the offered answers.` }
  // a header takes nothing else (RFC 9110 section 5.5), and would name the value in its error
  if (secret && !/^[\x20-\x7e]+$/.test(text)) return { wrong: `${label} has characters that none has. Copy it again.` }
  const value = field.clean ? field.clean(text) : field.address ? toAddress(text) : text
  if (value === null || value === '') return { wrong: wrong ?? `${label} doesn't look right. Check it.` }
  if (field.address && !isReachable(value))
    return { wrong: `${label}: enter an https address on the public internet, like https://tool.example.com.` }
  return { value }
}

const refuse = (errors: readonly FieldError[]) =>
  new Problem('fields-not-accepted', errors.map(({ detail }) => detail).join(' '), { errors })

/** The JSON pointer of a field in a body of ours (RFC 6901). */
export const pointerOf = (field: string): string => `/fields/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`

/**
 * What was typed as it was meant. Throws `fields-not-accepted` with every field that needs another look; what was typed is
 * never in it.
 */
export function cleanFields({ fields, refuse: judge }: Secret, typed: Config): Config {
  const errors: FieldError[] = Object.keys(typed)
    .filter((name) => !fields.some((field) => field.name === name))
    .map((name) => ({ pointer: pointerOf(name), detail: 'There is no such field.' }))
  const values: Record<string, string> = {}
  const bare: Record<string, string> = {}
  for (const field of fields) {
    const text = strip(Object.hasOwn(typed, field.name) ? (typed[field.name] ?? '') : '', field.secret === true)
    bare[field.name] = text
    const cleaned = clean(field, text)
    if (cleaned && 'wrong' in cleaned) errors.push({ pointer: pointerOf(field.name), detail: cleaned.wrong })
    else if (cleaned) values[field.name] = cleaned.value
  }
  if (errors.length > 0) throw refuse(errors)
  const refused = judge?.(values, bare)
  if (refused) throw refuse([{ pointer: pointerOf(refused.field), detail: refused.detail }])
  return values
}

/** What is kept of a config beside the sealed grant, in clear: everything but the secrets that were typed. */
export function clearConfig(method: AuthMethod, config: Config = {}): Config {
  const secret = 'fields' in method ? method.fields.filter((field) => field.secret).map(({ name }) => name) : []
  return Object.fromEntries(Object.entries(config).filter(([name]) => !secret.includes(name)))
}
