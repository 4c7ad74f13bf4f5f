/** What one reads who may see the area but not this page: "You don't have access to the audit log", then who can open it and whom to ask. */
export function ForbiddenMessage({ title, who }: { title: string; who: string }) {
  return (
    <div className="grid gap-1">
      <h1 className="font-semibold text-h1">{title}</h1>
      <p className="text-ink-2">{who}</p>
    </div>
  )
}
