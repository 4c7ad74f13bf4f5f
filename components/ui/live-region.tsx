/** Where announce() writes: one pair in the document, one in each open dialog (what is behind a modal is not read out). */
export function LiveRegion() {
  return (
    <div className="sr-only">
      <div data-live="polite" role="status" aria-live="polite" />
      <div data-live="assertive" role="alert" aria-live="assertive" />
    </div>
  )
}
