'use client'
import type { MenuItem, MenuSection } from '#components/ui/menu-item.tsx'
import { MoreMenu } from '#components/ui/more-menu.tsx'
import type { ObjectView } from '#lib/boards/schema.ts'
import { type OpenBoard, useOpenBoard } from './board-context.ts'
import { distinct, objectName, spokenName } from './names.ts'

/** Into which section, among those there are; nothing where there is none or the object cannot stand in one. */
function sectionItems(object: ObjectView, { known, board, moves }: OpenBoard): MenuItem[] {
  if (object.type === 'section' || object.type === 'connector') return []
  const sections = board.objects.filter(({ type }) => type === 'section')
  if (sections.length === 0) return []
  const name = objectName(object, known)
  const named = distinct([
    { id: null, name: 'No section' },
    ...sections.map((section) => ({ id: section.id, name: objectName(section, known) })),
  ])
  return named.map(({ id, name: label }) => ({
    type: 'radio',
    label,
    checked: object.section === id,
    onSelect: () => void moves.toSection(object.id, name, id),
  }))
}

/** The ⋯ of an object: `own` comes first, then where it stands and its removal. */
export function ObjectMenu({ object, own }: { object: ObjectView; own: readonly MenuSection[] }) {
  const open = useOpenBoard()
  const { known, board, moves, changes } = open
  const name = objectName(object, known)
  const step = (label: string, way: 'up' | 'down'): MenuItem => ({
    type: 'action',
    label,
    onSelect: () => void moves.step(object.id, name, way),
  })
  const remove: MenuItem = {
    type: 'action',
    label: 'Remove',
    tone: 'danger',
    onSelect: () => void changes.remove(object, spokenName(object, known)),
  }
  const editing: MenuSection[] = board.mayEdit
    ? [
        { items: [step('Move up', 'up'), step('Move down', 'down')] },
        { label: 'Move to section', items: sectionItems(object, open) },
        { items: [remove] },
      ]
    : []
  const sections = [...own, ...editing].filter(({ items }) => items.length > 0)
  return sections.length > 0 ? <MoreMenu label={`More actions for ${name}`} sections={sections} /> : null
}
