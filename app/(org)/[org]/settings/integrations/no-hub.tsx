import { ForbiddenMessage } from '#components/shell/forbidden-message.tsx'
import { Page } from '#components/shell/page.tsx'

/** What a guest reads at the pages of integrations. */
export function NoHub() {
  return (
    <Page>
      <title>Integrations – Plugboard</title>
      <ForbiddenMessage
        title="You don't have access to integrations"
        who="Members of the organization can open them. Ask an admin."
      />
    </Page>
  )
}
