import { ForbiddenArea } from '#components/shell/forbidden-area.tsx'
import { Page } from '#components/shell/page.tsx'

/** An address inside an organization that is not for this role. */
export default function Forbidden() {
  return (
    <Page>
      <ForbiddenArea />
    </Page>
  )
}
