import { cva } from 'class-variance-authority'

/** The look of everything one types or chooses in: input, textarea, select. */
export const control = cva([
  'w-full min-w-0 rounded-control border border-control bg-surface px-2.5 text-base text-ink transition-colors',
  'placeholder:text-ink-3 [&[readonly]]:bg-inset disabled:bg-inset disabled:text-ink-3',
  'aria-invalid:border-error-icon aria-invalid:outline-error-icon',
  'pointer-coarse:min-h-11 pointer-coarse:text-read',
])
