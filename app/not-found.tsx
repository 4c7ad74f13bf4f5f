import type { Metadata } from 'next'
import { BarePage } from '#components/shell/bare-page.tsx'
import { NotFoundMessage } from '#components/shell/not-found-message.tsx'

export const metadata: Metadata = { title: 'Page not found' }

/** Outside any organization; `/` leads to the last used one's boards. */
export default function NotFound() {
  return (
    <BarePage>
      <NotFoundMessage home="/" />
    </BarePage>
  )
}
