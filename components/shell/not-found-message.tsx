import { buttonLook } from '#components/ui/button-look.ts'

/** What an unknown address and a forbidden one read alike. `home` is where the boards are: a plain link, since nothing here is known. */
export function NotFoundMessage({ home }: { home: string }) {
  return (
    <>
      <div className="grid gap-1">
        <h1 className="font-semibold text-h1">Page not found</h1>
        <p className="text-ink-2">Check the address, or the item may have been removed or you don't have access.</p>
      </div>
      <div>
        <a href={home} className={buttonLook()}>
          Go to boards
        </a>
      </div>
    </>
  )
}
