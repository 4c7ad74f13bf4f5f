import type { ResourceView } from '#lib/resources/schema.ts'

/** What a provider's reader says of a thing. A field that is missing, or of another type, leaves its line out. */
type Body = Readonly<Record<string, unknown>>

export const bodyOf = (resource: ResourceView): Body => resource.body ?? {}

export function textIn(body: Body, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}
export function numberIn(body: Body, name: string): number | null {
  const value = body[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

const listIn = (body: Body, name: string): unknown[] => {
  const value = body[name]
  return Array.isArray(value) ? value : []
}
export const textsIn = (body: Body, name: string): string[] =>
  listIn(body, name).filter((one): one is string => typeof one === 'string')

export const numbersIn = (body: Body, name: string): number[] =>
  listIn(body, name).filter((one): one is number => typeof one === 'number' && Number.isFinite(one))

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)
export const bodiesIn = (body: Body, name: string): Body[] => listIn(body, name).filter(isBody)

const address = /^([^\s@]+)@[^\s@]+\.[^\s@]+$/

const withoutAddress = (name: string): string => name.trim().replace(address, '$1')

/** The name of a person; where a provider knows only their address, what stands before the @ of it. */
export const nameIn = (body: Body, name: string): string => withoutAddress(textIn(body, name))
export const namesIn = (body: Body, name: string): string[] => textsIn(body, name).map(withoutAddress)

/** What a thing is called on a board: a file and a directory by their path, which tells one README.md from another. */
export function titleOf(resource: ResourceView): string {
  const isPlace = resource.kind === 'file' || resource.kind === 'directory'
  return (isPlace && textIn(bodyOf(resource), 'path')) || resource.title
}
