import { cva } from 'class-variance-authority'

/** The look of a button, for whatever must look like one. */
export const buttonLook = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium',
    'transition-colors [&[aria-disabled=true]:not([aria-busy])]:opacity-60 pointer-coarse:min-h-11 pointer-coarse:min-w-11',
  ],
  {
    variants: {
      variant: {
        primary:
          'border-transparent bg-primary text-on-primary jack-on-primary hover:bg-primary-press active:bg-primary-press',
        secondary: 'border-control bg-surface text-ink hover:bg-inset active:bg-inset',
        danger:
          'border-transparent bg-danger text-on-danger jack-on-danger hover:bg-danger-press active:bg-danger-press',
        'secondary-danger': 'border-control bg-surface text-danger hover:bg-inset active:bg-inset',
        quiet: 'border-transparent text-ink-2 hover:bg-inset hover:text-ink active:bg-inset',
      },
      size: {
        md: 'h-8 px-3 text-base',
        row: 'h-7.5 px-3 text-small',
        icon: 'size-8 text-base',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)
