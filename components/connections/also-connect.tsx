import { Checkbox } from '#components/ui/checkbox.tsx'
import type { SlotView, Standing } from '#lib/connections/schema.ts'

type Props = {
  slot: SlotView
  standing: Standing
  /** The form it is sent with, where it does not stand in it. */
  form?: string | undefined
  className?: string
}

/** What the same consent can connect too, beside the button that goes there; nothing where there is nothing to connect. */
export function AlsoConnect({ slot, standing, form, className }: Props) {
  if (standing.nextAction?.id !== 'connect' || !standing.nextAction.may) return null
  return slot.also.map(({ id, label }) => (
    <Checkbox key={id} name="also" value={id} form={form} label={label} className={className} defaultChecked />
  ))
}
