'use client'
import { NotFoundMessage } from '#components/shell/not-found-message.tsx'
import { Page } from '#components/shell/page.tsx'
import { type Opening, useOpening } from './use-opening.ts'
import { Workspace } from './workspace.tsx'

/** A board as one viewer has it open: its objects come with the page, what its cards show is read for this viewer alone. */
export function BoardPage({ mayDelete, ...opening }: Opening & { mayDelete: boolean }) {
  const { failure, opened } = useOpening(opening)
  // deleted meanwhile, or the viewer is no longer among its people: nothing of it stays on the screen
  if (failure === 'not-found')
    return (
      <Page>
        <NotFoundMessage home={`/${opening.place.org.slug}/boards`} />
      </Page>
    )
  return <Workspace opened={opened} mayDelete={mayDelete} />
}
