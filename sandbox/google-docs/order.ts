import { badParameter } from './access.ts'
import { TYPES } from './shapes.ts'
import type { DriveFile } from './state.ts'

type Sort = { key: string; isDown: boolean }
type Key = (file: DriveFile, email: string) => number | string

const recency = (file: DriveFile, email: string): number => Math.max(file.modifiedAt, file.viewedAt[email] ?? 0)

/** developers.google.com/workspace/drive/api/reference/rest/v3/files/list, orderBy */
const KEYS: Readonly<Record<string, Key>> = {
  createdTime: (file) => file.createdAt,
  folder: (file) => (file.mimeType === TYPES.folder ? 0 : 1),
  modifiedByMeTime: (file, email) => (file.modifiedBy === email ? file.modifiedAt : 0),
  modifiedTime: (file) => file.modifiedAt,
  name: (file) => file.name.toLowerCase(),
  name_natural: (file) => file.name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0')),
  quotaBytesUsed: (file) => file.size ?? 1024,
  recency,
  sharedWithMeTime: (file, email) => file.sharedAt[email] ?? 0,
  starred: (file, email) => (file.starredBy.includes(email) ? 0 : 1),
  viewedByMeTime: (file, email) => file.viewedAt[email] ?? 0,
}

/** Reads `orderBy`: keys with commas between, each with ` desc` for the other way. Without one the newest come first. */
export function orderOf(text: string | null): Sort[] {
  if (text === null || text.trim() === '') return [{ key: 'recency', isDown: true }]
  return text.split(',').map((part) => {
    const [key = '', way, ...rest] = part.trim().split(/\s+/)
    const isSound = Object.hasOwn(KEYS, key) && rest.length === 0 && (way === undefined || way === 'desc')
    if (!isSound) throw badParameter('orderBy')
    return { key, isDown: way === 'desc' }
  })
}

/** The files in that order. */
export function sorted(files: readonly DriveFile[], order: readonly Sort[], email: string): DriveFile[] {
  return files.toSorted((a, b) => {
    for (const { key, isDown } of order) {
      const [left, right] = [KEYS[key]?.(a, email) ?? 0, KEYS[key]?.(b, email) ?? 0]
      if (left !== right) return left < right === isDown ? 1 : -1
    }
    return 0
  })
}
