import { expect, test } from 'vitest'
import { groupOptions, isIn, orderOf, suggestions } from '#components/connections/hub-filter.ts'
import type { SlotView, Status } from '#lib/connections/schema.ts'
import { statusNames } from '#lib/connections/status.ts'
import { providers as registry } from '#lib/providers/registry.ts'
import { providerView, slotView } from '#tests/support/provider-view.ts'

const statuses = Object.keys(statusNames) as Status[] // the keys of a record of them
const slotOf = (slot: SlotView['slot'], status: Status) => slotView({ slot, status, connection: null })

/** All of the registry, the first in the status at `shift`, each next one in the next. */
const all = (shift: number) =>
  registry.map(({ id, name, category, slots }, at) => {
    const status = statuses[(at + shift) % statuses.length] ?? 'connected'
    return providerView({ id, name, category, slots: slots.map((slot) => slotOf(slot, status)) })
  })

/** Which part of the list somebody belongs to, as the hub promises it. */
function partOf(id: string, { status, signal }: SlotView): string {
  if (signal === 'amber' || signal === 'red') return '1 needs attention'
  if (status === 'connected') return '2 connected'
  if (status === 'not_available') return '5 is not there'
  return suggestions.includes(id) ? '3 suggested' : '4 the rest'
}

test('the thirteen in any of the statuses: attention first, then connected, then suggested, then the rest, each by name', () => {
  for (const shift of statuses.keys()) {
    const providers = all(shift)
    const shown = orderOf(providers).map((id) => providers.find((one) => one.id === id))
    const parts = shown.map((one) => (one?.slots[0] ? partOf(one.id, one.slots[0]) : ''))
    expect(parts, `from ${statuses[shift]} on`).toEqual(parts.toSorted())
    for (const part of ['1 needs attention', '2 connected', '4 the rest', '5 is not there']) {
      const names = shown.flatMap((one, at) => (one && parts[at] === part ? [one.name] : []))
      expect(names, `${part}, from ${statuses[shift]} on`).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')))
    }
    expect(new Set(shown).size).toBe(registry.length)
  }
})

test('each status is in the groups that the filter promises, whoever’s it is', () => {
  const groupsOf = (status: Status) => {
    const [first] = registry
    const one = providerView({ id: first?.id ?? '', slots: [slotOf('organization', status)] })
    return groupOptions.flatMap(([group]) => (isIn(group, one) ? [group] : []))
  }
  expect(Object.fromEntries(statuses.map((status) => [status, groupsOf(status)]))).toEqual({
    connected: ['connected'],
    no_access: ['attention'],
    setup_required: ['attention'],
    error: ['attention'],
    expired: ['attention', 'invalid'],
    needs_reauth: ['attention', 'invalid'],
    disconnected: ['unconfigured'],
    not_configured: ['unconfigured'],
    disabled: ['disabled'],
    not_available: [],
    connecting: [],
    verifying: [],
    disconnecting: [],
  })
})
