'use client'
import { type ReactNode, useSyncExternalStore } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { GuideView, GuideWay } from '#lib/connections/describe-guide.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import { GuideBefore } from './guide-before.tsx'
import { GuideCheck } from './guide-check.tsx'
import { GuideConnect } from './guide-connect.tsx'
import type { Place } from './place.ts'
import { RevokeSteps } from './revoke-steps.tsx'
import { ScopeList } from './scope-list.tsx'
import { isThere, methodNames } from './slot-words.ts'
import { usePolledProvider } from './use-provider.ts'

type Props = { initial: ProviderView; guide: GuideView; place: Place }

/** How a provider is set up, from what one needs before to how it is left; what is done is ticked by how things stand. */
export function Guide({ initial, guide, place }: Props) {
  const { provider, isUnknown } = usePolledProvider(place.org.slug, initial)
  const { name } = provider
  const isDone = !isUnknown && provider.slots.some(isThere)
  return (
    <ol className="grid grid-cols-1 gap-8">
      <Step number={1} title="Before you start" isDone={isDone}>
        <GuideBefore lines={provider.before} storedAs={`${place.org.slug}/${provider.id}`} isDone={isDone} />
        <SendOn provider={provider} />
      </Step>
      <Step number={2} title="What Plugboard asks for" isDone={isDone}>
        {guide.ways.map((way) => (
          <Asked key={way.type} way={way} name={name} isOnly={guide.ways.length === 1} />
        ))}
      </Step>
      <Step number={3} title="Connect" isDone={isDone}>
        <GuideConnect {...{ provider, place }} ways={guide.ways} />
      </Step>
      <Step number={4} title="Check it worked">
        <GuideCheck provider={provider} place={place} isUnknown={isUnknown} />
      </Step>
      <Step number={5} title="Disconnect and fully revoke">
        <Leaving provider={provider} />
      </Step>
      {guide.more && (
        <Step number={6} title={guide.more.title}>
          <Lines lines={guide.more.lines} />
        </Step>
      )}
    </ol>
  )
}

type StepProps = { number: number; title: string; isDone?: boolean; children: ReactNode }

function Step({ number, title, isDone = false, children }: StepProps) {
  return (
    <li data-step={number} className="grid grid-cols-1 gap-3">
      <h2 className="flex flex-wrap items-center gap-x-2 font-semibold text-h2">
        <span className="text-ink-3 tabular-nums">{number}</span>
        {title}
        {isDone && (
          <span className="flex items-center gap-1 font-normal text-ok text-small">
            <Jack name="check" className="text-ok-icon" />
            Done
          </span>
        )}
      </h2>
      {children}
    </li>
  )
}

/** The permissions of one way to connect, and when each is asked for. */
function Asked({ way: { type, scopes }, name, isOnly }: { way: GuideWay; name: string; isOnly: boolean }) {
  const title = type === 'oauth2' ? `Signing in at ${name} (OAuth)` : (methodNames[type] ?? type)
  return (
    <div className="grid grid-cols-1 gap-2">
      {!isOnly && <h3 className="font-semibold">{title}</h3>}
      {scopes.length > 0 ? (
        <ScopeList scopes={scopes} tag={({ when }) => when ?? null} />
      ) : (
        <ul className="max-w-read list-disc ps-5">
          <li>{name} has no single permissions to choose: what it gives may do all that it can be used for.</li>
        </ul>
      )}
    </div>
  )
}

const unchanging = () => () => {}

/** For who may not connect it for everyone: the way to who may. */
function SendOn({ provider }: { provider: ProviderView }) {
  const address = useSyncExternalStore(
    unchanging,
    () => location.origin + location.pathname,
    () => '',
  )
  const shared = provider.slots.find(({ slot }) => slot === 'organization')
  if (!shared || shared.may.connect) return null
  return (
    <div>
      <CopyButton value={address} label="Send this guide to an admin" />
    </div>
  )
}

function Leaving({ provider }: { provider: ProviderView }) {
  const { name, leave } = provider
  return (
    <div className="grid max-w-read grid-cols-1 gap-2">
      <p>
        Choose Disconnect… here, under Config or in the menu of {name}. Plugboard stops reading, revokes the token as
        far as {name} lets it, and deletes it. Project settings and past data stay.
      </p>
      <p>To be sure that nothing is left at {name}:</p>
      <RevokeSteps name={name} {...leave} />
    </div>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <Panel as="ul" className="max-w-read">
      {lines.map((line) => (
        <li key={line} className="px-4 py-2.5">
          {line}
        </li>
      ))}
    </Panel>
  )
}
