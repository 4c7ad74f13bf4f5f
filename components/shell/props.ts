export type Organization = {
  slug: string
  name: string
  /** The viewer's role there, as words: "Admin". */
  role: string
  /** Why it cannot be opened now; then it is listed, not selectable. */
  suspended?: string
}
/** `keys`: what is pressed, one after the other, to go there: "g b". */
export type NavGroup = { heading: string; items: readonly { href: string; label: string; keys?: string }[] }
/** Those that wait for this person, and where they are accepted. */
export type Invitations = { count: number; href: string }
export type Person = { name: string; email: string }
