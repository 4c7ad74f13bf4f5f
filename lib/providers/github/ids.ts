import { z } from 'zod'
import { sourceIds } from '#lib/providers/source-ids.ts'

const Owner = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/)
const Name = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,100}$/)
  .refine((name) => name !== '.' && name !== '..')

/** Issues and pull requests share their numbers. */
export const { RepositoryId, DirectoryId, FileId, CodeSearchId, NumberId, placeOf, parentId } = sourceIds(Owner, Name)
