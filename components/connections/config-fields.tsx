'use client'
import { Radio, Switch } from '#components/ui/checkbox.tsx'
import { Fieldset } from '#components/ui/field.tsx'
import type { OptionView, ProviderView } from '#lib/connections/schema.ts'
import { consequenceOf, whoNames } from './config-words.ts'
import type { Place } from './place.ts'
import { ScopeList } from './scope-list.tsx'

type Who = ProviderView['whoMayConnect']
type WhoProps = { provider: ProviderView; place: Place; value: Who; onChange: (who: Who) => void }

/** Who may connect a provider for everyone. */
export function WhoField({ provider, place, value, onChange }: WhoProps) {
  return (
    <Fieldset
      legend={`Who can connect ${provider.name} for everyone in ${place.org.name}?`}
      hint={provider.slots.length > 1 ? 'Everybody can always connect and disconnect their own account.' : undefined}
    >
      {(['admins', 'members'] as const).map((who) => (
        <Radio
          key={who}
          name="who"
          value={who}
          label={whoNames[who]}
          checked={value === who}
          onChange={() => onChange(who)}
        />
      ))}
    </Fieldset>
  )
}

type OptionsProps = {
  provider: ProviderView
  values: Readonly<Record<string, boolean>>
  onChange: (id: string, on: boolean) => void
}

const asksMore = ({ options }: ProviderView): boolean => options.some(({ scopes }) => scopes.length > 0)

/** What a provider may be asked for besides: each with its permissions, and what follows from turning it. */
export function OptionFields({ provider, values, onChange }: OptionsProps) {
  return (
    <Fieldset
      legend={asksMore(provider) ? `What else ${provider.name} is asked for` : `Before ${provider.name} is connected`}
    >
      <div className="grid gap-4">
        {provider.options.map((option) => (
          <OptionField
            key={option.id}
            {...{ provider, option }}
            value={values[option.id] ?? false}
            onChange={(on) => onChange(option.id, on)}
          />
        ))}
      </div>
    </Fieldset>
  )
}

type OptionProps = { provider: ProviderView; option: OptionView; value: boolean; onChange: (on: boolean) => void }

function OptionField({ provider, option, value, onChange }: OptionProps) {
  const { label, hint, scopes } = option
  const consequence = consequenceOf(provider, option, value)
  return (
    <div className="grid gap-2">
      <Switch label={label} hint={hint} checked={value} onChange={({ target }) => onChange(target.checked)} />
      <div className="grid gap-2 ps-6">
        <ScopeList scopes={scopes} />
        <p role="status" className="text-ink-2 empty:hidden">
          {consequence}
        </p>
      </div>
    </div>
  )
}

type AnswersProps = { provider: ProviderView; value: boolean; onChange: (on: boolean) => void }

/** Whether a provider's cards may be part of what a board is asked with. */
export function AnswersField({ provider: { name }, value, onChange }: AnswersProps) {
  return (
    <Switch
      label={`Use ${name} cards in answers`}
      hint={`When somebody asks a board, the text of the ${name} cards they can see is sent along with the question.`}
      checked={value}
      onChange={({ target }) => onChange(target.checked)}
    />
  )
}
