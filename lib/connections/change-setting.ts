import type { ProviderPatch } from './config-schema.ts'
import { optionsOf } from './policy.ts'

/** How a provider is set for an organization; `options`: the ids of those that are on, in order. */
export type Setting = { enabled: boolean; whoMayConnect: string | null; options: string[]; inAnswers: boolean }
type Stored = { enabled: boolean; whoMayConnect: string | null; options: unknown; inAnswers: boolean }

/** `before` and `after` are the facts of the audit event: on or off, who may connect, and besides only what changes. */
export type SettingChange = {
  setting: Setting
  isTurned: boolean
  before: Partial<Setting>
  after: Partial<Setting>
}

function afterOptions(before: readonly string[], change: Record<string, boolean> = {}): string[] {
  const on = new Set(before)
  for (const [id, isOn] of Object.entries(change)) {
    if (isOn) on.add(id)
    else on.delete(id)
  }
  return [...on].sort()
}

const factsOf = ({ enabled, whoMayConnect, options, inAnswers }: Setting, other: Setting) => ({
  enabled,
  whoMayConnect,
  ...(String(options) === String(other.options) ? {} : { options }),
  ...(inAnswers === other.inAnswers ? {} : { inAnswers }),
})

/** How a provider is set before and after; null when nothing changes. */
export function changeOf(row: Stored | null, patch: ProviderPatch): SettingChange | null {
  const before: Setting = {
    enabled: row?.enabled ?? true,
    whoMayConnect: row?.whoMayConnect ?? null,
    options: [...optionsOf(row)].sort(),
    inAnswers: row?.inAnswers ?? true,
  }
  const setting: Setting = {
    enabled: patch.enabled ?? before.enabled,
    whoMayConnect: patch.whoMayConnect ?? before.whoMayConnect,
    options: afterOptions(before.options, patch.options),
    inAnswers: patch.inAnswers ?? before.inAnswers,
  }
  if (JSON.stringify(setting) === JSON.stringify(before)) return null
  return {
    setting,
    isTurned: setting.enabled !== before.enabled,
    before: factsOf(before, setting),
    after: factsOf(setting, before),
  }
}
