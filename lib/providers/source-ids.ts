import { z } from 'zod'
import { ProviderFailure } from './api.ts'

// An id is the base64url form of a small JSON list, so that it holds in a path whatever a file is called.
const encode = (parts: readonly unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')

function decode(id: string): unknown {
  try {
    return JSON.parse(Buffer.from(id, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

const codec = <Parts extends readonly unknown[]>(schema: z.ZodType<Parts>) => ({
  write: (...parts: Parts): string => encode(parts),
  /** The id of parts that came from outside; null when they cannot name anything. */
  check: (parts: readonly unknown[]): string | null => {
    const parsed = schema.safeParse(parts)
    return parsed.success ? encode(parsed.data) : null
  },
  /** Throws ProviderFailure `not_found` for an id that is none of ours. */
  read: (id: string): Parts => {
    const parsed = schema.safeParse(decode(id))
    if (!parsed.success) throw new ProviderFailure('not_found')
    return parsed.data
  },
})

const hasControl = (text: string): boolean => [...text].some((letter) => letter < ' ' || letter === '\u007f')
// A dotted segment would climb out of the repository when the address is put together.
const isPlainPath = (path: string): boolean =>
  path === '' || path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')
// No branch has such a segment either (git-check-ref-format).
const isPlainRef = (ref: string): boolean => ref.split('/').every((segment) => segment !== '.' && segment !== '..')

/** Empty for the default branch. */
const Ref = z
  .string()
  .max(255)
  .refine((ref) => !hasControl(ref) && isPlainRef(ref))
/** Empty for the root. */
const Path = z
  .string()
  .max(4096)
  .refine((path) => !hasControl(path) && isPlainPath(path))
const Line = z.number().int().min(1).max(10_000_000)
const Query = z.string().trim().min(1).max(256)
const ItemNumber = z.number().int().min(1).max(2_147_483_647)

export type Place = { owner: string; name: string; ref: string; path: string }

/** The ids of what is in repositories, where `Owner` and `Name` are what the two parts of a repository's name may be. */
export function sourceIds(Owner: z.ZodType<string>, Name: z.ZodType<string>) {
  const RepositoryId = codec(z.tuple([Owner, Name]))
  const DirectoryId = codec(z.tuple([Owner, Name, Ref, Path]))
  const AnyPlace = codec(z.union([z.tuple([Owner, Name, Ref, Path]), z.tuple([Owner, Name])]))
  return {
    RepositoryId,
    /** Owner, name, ref, path. */
    DirectoryId,
    /** As a directory, then the first and the last line; 0 for none. */
    FileId: codec(
      z.tuple([Owner, Name, Ref, Path.min(1), z.union([Line, z.literal(0)]), z.union([Line, z.literal(0)])]),
    ),
    /** The query, and the id of the repository or directory it is made in; empty for everything the account works on. */
    CodeSearchId: codec(z.tuple([Query, z.string().max(8000)])),
    /** What is numbered in a repository: its issues, its pull requests. */
    NumberId: codec(z.tuple([Owner, Name, ItemNumber])),
    /** The place that a repository's or a directory's id names; a repository is its own root. */
    placeOf: (id: string): Place => {
      const [owner, name, ref = '', path = ''] = AnyPlace.read(id)
      return { owner, name, ref, path }
    },
    /** The id of the directory that holds a path; the repository's own when that is its root. */
    parentId: ({ owner, name, ref, path }: Place): string => {
      const above = path.split('/').slice(0, -1).join('/')
      return above === '' && ref === '' ? RepositoryId.write(owner, name) : DirectoryId.write(owner, name, ref, above)
    },
  }
}
