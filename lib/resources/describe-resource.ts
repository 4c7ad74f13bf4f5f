import type { Reader, Report, Resource } from '#lib/providers/define.ts'
import { findProvider } from '#lib/providers/registry.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import type { ReportForm, ResourceView } from './schema.ts'

const TEXT_LENGTH = 20_000
const LIST_LENGTH = 200
const DEPTH = 5

/** A provider's address if a browser may follow it: http or https, without a password in it; else empty. */
export function safeUrl(text: unknown): string {
  if (typeof text !== 'string') return ''
  const url = URL.parse(text)
  const isWeb = url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
  return isWeb && !url.username && !url.password ? url.href : ''
}

const namesAddress = (name: string): boolean => /(?:url|href|link|src)$/i.test(name)

/** A provider's data cut to size; what is named like an address is one that a browser may follow, or is not there. */
function tame(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.slice(0, TEXT_LENGTH)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEPTH) return null
  if (Array.isArray(value)) return value.slice(0, LIST_LENGTH).map((entry) => tame(entry, depth + 1))
  return tameFields(value, depth)
}

const tameFields = (fields: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (!namesAddress(name) || typeof value !== 'string') return [[name, tame(value, depth + 1)]]
      const url = safeUrl(value)
      return url ? [[name, url]] : []
    }),
  )

const readerOf = (provider: string, kind: string): Reader | undefined =>
  findProvider(provider)?.readers.find((reader) => reader.kind === kind)

/** What can be asked about it, in words. */
function formOf({ name, about, fields }: Report): ReportForm {
  return { name, about, fields: fields.map((field) => ({ ...field, optional: field.optional ?? false })) }
}

/** Where a resource is from; `viewer`: whom it is shown to, where that is somebody. */
type From = { provider: string; connectionId: string; viewer?: Viewer }
type Viewer = Pick<Actor, 'role'>

/**
 * A provider's resource as we show it: text stays text, addresses are http(s) or not there (`url` is then empty). What is for
 * owners and admins is there for a viewer who is one.
 */
export function describeResource(resource: Resource, { provider, connectionId, viewer }: From): ResourceView {
  const { kind, id, title, parent, container, containerId, within, isPrivate, updatedAt, excerpt, body } = resource
  const { looks, report } = readerOf(provider, kind) ?? {}
  const forAdmins = viewer && may(viewer, 'addresses.see') ? resource.forAdmins : undefined
  return {
    provider,
    connectionId,
    kind,
    ...(looks === undefined ? {} : { looks }),
    id,
    title: title.slice(0, 500),
    url: safeUrl(resource.url),
    ...(parent === undefined ? {} : { parent }),
    ...(container === undefined ? {} : { container }),
    ...(containerId === undefined ? {} : { containerId }),
    ...(within === undefined ? {} : { within: [...within] }),
    ...(isPrivate === undefined ? {} : { isPrivate }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(excerpt === undefined ? {} : { excerpt: excerpt.slice(0, TEXT_LENGTH) }),
    ...(body === undefined ? {} : { body: tameFields(body, 0) }),
    ...(report === undefined ? {} : { report: formOf(report) }),
    ...(forAdmins === undefined ? {} : { forAdmins }),
  }
}

/** The same without what is inside it: its name and where it is. */
export function withoutContent({
  excerpt: _e,
  body: _b,
  forAdmins: _a,
  report: _r,
  ...outside
}: ResourceView): ResourceView {
  return outside
}

/** What was kept of it, as this viewer may see it now: whoever was an admin then may be none any more. */
export function seenBy(viewer: Viewer, view: ResourceView): ResourceView {
  if (may(viewer, 'addresses.see')) return view
  const { forAdmins: _forAdmins, ...others } = view
  return others
}
