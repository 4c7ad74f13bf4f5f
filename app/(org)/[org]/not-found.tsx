import { NotFoundMessage } from '#components/shell/not-found-message.tsx'
import { Page } from '#components/shell/page.tsx'

/** An address inside an organization that leads nowhere; `/` is the boards of the organization used last: this one. */
export default function NotFound() {
  return (
    <Page>
      <title>Page not found – Plugboard</title>
      <NotFoundMessage home="/" />
    </Page>
  )
}
