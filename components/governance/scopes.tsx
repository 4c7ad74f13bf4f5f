import { WithCode } from '#components/connections/with-code.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Jack, type JackName } from '#components/ui/jack.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { RowHead, Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { ConnectionScopes, ScopeState, ScopesView } from '#lib/governance/schema.ts'

/** What each connection was asked for and what it was given: what is needed, what is missing, what nobody needs. */
export function Scopes({ view }: { view: ScopesView }) {
  return (
    <>
      <div className="grid max-w-read gap-2">
        <p>
          Plugboard posts with one scope only: <code className="font-mono">chat:write</code>.
        </p>
        <p className="text-ink-2">It is for alerts, which this version does not send yet.</p>
        <p className="text-ink-2">
          What else changes something at a provider, like registering webhooks or joining a channel that an admin chose,
          is said where it is switched on. Where a provider has no read-only version of a scope, its row says so.
        </p>
      </div>
      {view.items.length === 0 && (
        <EmptyState title="Nothing is connected yet.">
          What a provider would be asked for is said in its guide, before anybody connects it.
        </EmptyState>
      )}
      {view.items.map((one) => (
        <Connection key={one.connection} one={one} />
      ))}
    </>
  )
}

const columns = ['Scope', 'Why Plugboard needs it', 'Requested', 'Granted', 'Access', 'Risk']
const widths = ['w-[22%]', 'w-[27%]', 'w-[12%]', 'w-[11%]', 'w-[10%]', 'w-[18%]']

function Connection({ one }: { one: ConnectionScopes }) {
  const { name, account, slot, scopes, narrow } = one
  const whose = slot === 'user' ? 'Your account' : 'Shared with everyone'
  return (
    <PanelSection title={`${name}: ${account}`} hint={[whose, toldBy(one)].filter(Boolean).join('. ')}>
      {scopes.length === 0 ? (
        <p className="text-ink-2">{name} has no scopes to choose from: the account decides what can be read.</p>
      ) : (
        <Table
          isWide
          widths={widths}
          caption={`Scopes of ${name}: ${account}`}
          head={columns.map((column) => <Th key={column}>{column}</Th>)}
        >
          {scopes.map((scope) => (
            <Scope key={scope.name} scope={scope} provider={name} />
          ))}
        </Table>
      )}
      {narrow && (
        <Notice tone="warn" title="How to narrow">
          {narrow.text}{' '}
          <a className="link" href={narrow.url} target="_blank" rel="noreferrer">
            {narrow.label} (opens in a new tab)
          </a>
        </Notice>
      )}
    </PanelSection>
  )
}

/** Where it is known from what was granted. */
function toldBy({ known, name, scopes }: ConnectionScopes): string {
  if (scopes.length === 0 || known === 'told') return ''
  if (known === 'untold') return `${name} doesn't report this: what was granted is not known.`
  return `${name} doesn't report this: what is granted was found by trying, what else it allows is not known.`
}

const signs: Record<ScopeState['state'], readonly [JackName, string, string]> = {
  needed: ['check', 'text-ok-icon', 'Needed and granted'],
  missing: ['attention', 'text-warn-icon', 'Missing'],
  extra: ['diamond', 'text-warn-icon', 'Extra: not needed'],
  untold: ['note', 'text-busy-icon', 'Needed'],
}

const access = { read: 'Read', write: 'Read and write' } as const // as const: the words of both

function Scope({ scope, provider }: { scope: ScopeState; provider: string }) {
  const [jack, colour, words] = signs[scope.state]
  return (
    <Tr data-scope={scope.name} data-state={scope.state}>
      <RowHead>
        <code className="font-mono text-small wrap-anywhere">{scope.name}</code>
        <span className="flex items-center gap-1.5 font-normal text-small">
          <Jack name={jack} className={`shrink-0 ${colour}`} />
          {words}
        </span>
      </RowHead>
      <Td label="Why">
        <Why scope={scope} />
      </Td>
      <Td label="Requested">{scope.requested ? 'Yes' : 'No'}</Td>
      <Td label="Granted">
        {scope.granted === null ? `${provider} doesn't report this` : scope.granted ? 'Yes' : 'No'}
      </Td>
      <Td label="Access">{scope.access ? access[scope.access] : 'Not known'}</Td>
      <Td label="Risk">{riskOf(scope)}</Td>
    </Tr>
  )
}

function riskOf({ risk, state, access }: ScopeState): string {
  if (risk) return `Its holder could ${risk}.`
  if (state === 'extra') return 'More than Plugboard needs.'
  return access === 'write' ? 'It lets its holder write there too.' : 'None beyond reading.'
}

function Why({ scope: { why, optional, limits, state } }: { scope: ScopeState }) {
  return (
    <>
      {why ? <WithCode text={why} /> : 'Plugboard does not use it.'}
      {optional && state === 'missing' && limits && <span className="block text-ink-2">Without it: {limits}</span>}
      {optional && state !== 'missing' && <span className="block text-ink-3 text-small">Optional</span>}
    </>
  )
}
