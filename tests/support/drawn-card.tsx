import { renderToStaticMarkup } from 'react-dom/server'
import { Body } from '#components/boards/cards/bodies.tsx'
import type { Size } from '#components/boards/cards/parts.tsx'
import type { ResourceView } from '#lib/resources/schema.ts'

/** A thing of this kind with this body, as a card is made of. */
export const thing = (kind: string, body: Record<string, unknown>, more: Partial<ResourceView> = {}): ResourceView => ({
  provider: 'any',
  connectionId: 'c',
  kind,
  id: 'x',
  title: 'A title',
  url: '',
  body,
  ...more,
})

/** Its card as it is drawn. */
export const draw = (resource: ResourceView, size: Size): string =>
  renderToStaticMarkup(<Body resource={resource} size={size} />)

/** What one reads there. */
export const words = (resource: ResourceView, size: Size): string =>
  draw(resource, size)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/g, ' ')
    .trim()
