'use client'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { AnswersField, OptionFields, WhoField } from './config-fields.tsx'
import { answersWords, differences, hasCards, isShared, whoWords } from './config-words.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { adminsOnly, type Place } from './place.ts'
import { usePolicy } from './use-policy.ts'

type Props = { provider: ProviderView; place: Place }

/** What is decided about a provider for the organization. Read-only, with whom to ask, for those who may not decide it. */
export function ConfigForm({ provider, place }: Props) {
  if (provider.may.configure) return <PolicyForm provider={provider} place={place} />
  return (
    <PanelSection title="Policy">
      {isShared(provider) && <p>{whoWords(provider, place.org.name)}</p>}
      {provider.options.map(({ id, label, on }) => (
        <p key={id}>
          {label}: {on ? 'on' : 'off'}.
        </p>
      ))}
      {hasCards(provider) && <p>{answersWords(provider)}</p>}
      <p className="text-ink-2">{adminsOnly('change this', place.admins)}</p>
    </PanelSection>
  )
}

function PolicyForm({ provider, place }: Props) {
  const { stored, policy, change, begin, isDirty, busy, problem, isSaved, save } = usePolicy(provider, place.org.slug)
  return (
    <PanelSection title="Policy">
      <form className="grid gap-6" onSubmit={(event) => void save(event)}>
        {isShared(provider) && (
          <WhoField
            {...{ provider, place }}
            value={policy.whoMayConnect}
            onChange={(whoMayConnect) => change({ whoMayConnect })}
          />
        )}
        {provider.options.length > 0 && (
          <OptionFields
            provider={provider}
            values={policy.options}
            onChange={(id, on) => change({ options: { ...policy.options, [id]: on } })}
          />
        )}
        {hasCards(provider) && (
          <AnswersField provider={provider} value={policy.inAnswers} onChange={(inAnswers) => change({ inAnswers })} />
        )}
        {problem?.kind === 'conflict' ? (
          <Overtaken text={problem.message} lines={differences(provider, stored, policy)} onDiscard={begin} />
        ) : (
          problem && <Notice tone="error">{problem.message}</Notice>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" busy={busy}>
            Save
          </Button>
          {isSaved && !isDirty && <span className="text-ink-2">Saved.</span>}
        </div>
      </form>
      <LeaveGuard isDirty={isDirty} />
    </PanelSection>
  )
}

type OvertakenProps = { text: string; lines: readonly string[]; onDiscard: () => void }

/** Somebody else saved first: what is so now where the person chose otherwise. Saving again saves what they chose. */
function Overtaken({ text, lines, onDiscard }: OvertakenProps) {
  return (
    <Notice
      tone="warn"
      title={text}
      actions={
        <Button size="row" onClick={onDiscard}>
          Discard my changes
        </Button>
      }
    >
      <ul className="list-disc ps-5 empty:hidden">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        {lines.length > 0
          ? 'Nothing was saved. Save again to keep what you chose.'
          : 'Nothing was saved. What is there now is what you chose.'}
      </p>
    </Notice>
  )
}
