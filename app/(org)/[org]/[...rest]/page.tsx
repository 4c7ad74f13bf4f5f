import { notFound } from 'next/navigation'

/** An address that no page has: inside an organization it is told inside the shell. */
export default function NoSuchPage(): null {
  notFound()
}
