import { z } from 'zod'

/** A name as somebody typed it; of an address only what stands before the @. */
export const PersonName = z
  .string()
  .optional()
  .catch(undefined)
  .transform((name = '') => name.trim().replace(/@\S*/g, ''))
