'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { Table, Th } from '#components/ui/table.tsx'
import { useFocusAfterRemoval } from '#components/ui/use-focus-after-removal.ts'
import { problemOf } from '#lib/platform/client.ts'
import { tokensOf } from '#lib/tokens/client.ts'
import type { ApiTokenView } from '#lib/tokens/schema.ts'
import { CreateToken, type TokenChoices } from './create-token.tsx'
import { type MadeToken, RevealToken } from './reveal-token.tsx'
import { RollToken } from './roll-token.tsx'
import { TokenRow } from './token-row.tsx'

type Props = {
  org: string
  tokens: ApiTokenView[]
  /** Null for who may not make any; then `whoCan` says who may. */
  choices: TokenChoices | null
  whoCan: string
}
type Open =
  | { dialog: 'create' }
  | { dialog: 'roll'; token: ApiTokenView }
  | { dialog: 'reveal'; made: MadeToken }
  | null

const columns = ['Name', 'Scopes', 'Created by', 'Last used', 'Expires']

/** The tokens that this viewer looks after, and the making of another. A value is kept here alone, until it is stored. */
export function TokensPanel({ org, tokens, choices, whoCan }: Props) {
  const all = useQuery({ ...tokensOf(org), initialData: tokens })
  const [open, setOpen] = useState<Open>(null)
  useFocusAfterRemoval(all.data.map(({ id }) => id))
  const close = () => setOpen(null)
  const reveal = (made: MadeToken) => {
    setOpen({ dialog: 'reveal', made })
    void all.refetch()
  }
  const create = choices && (
    <Button variant="primary" onClick={() => setOpen({ dialog: 'create' })}>
      Create token
    </Button>
  )
  return (
    <PanelSection title={`Tokens (${all.data.length})`} actions={create}>
      {all.error && <Failed error={all.error} busy={all.isFetching} onRetry={() => void all.refetch()} />}
      {!choices && <p>{whoCan}</p>}
      {all.data.length === 0 ? (
        <EmptyState title="No tokens.">
          A token lets a script of yours use the API as you, limited to its scopes.
        </EmptyState>
      ) : (
        <Table caption="API tokens" head={<Head />} isWide>
          {all.data.map((token) => (
            <TokenRow key={token.id} org={org} token={token} onRoll={() => setOpen({ dialog: 'roll', token })} />
          ))}
        </Table>
      )}
      {open?.dialog === 'create' && choices && (
        <CreateToken org={org} choices={choices} onMade={reveal} onClose={close} />
      )}
      {open?.dialog === 'roll' && <RollToken org={org} token={open.token} onMade={reveal} onClose={close} />}
      {open?.dialog === 'reveal' && <RevealToken made={open.made} onStored={close} />}
    </PanelSection>
  )
}

const Head = () => (
  <>
    {columns.map((name) => (
      <Th key={name}>{name}</Th>
    ))}
    <Th>
      <span className="sr-only">Actions</span>
    </Th>
  </>
)

function Failed({ error, busy, onRetry }: { error: unknown; busy: boolean; onRetry: () => void }) {
  return (
    <Notice
      tone="error"
      live="alert"
      title={problemOf(error).message}
      actions={
        <Button size="row" busy={busy} onClick={busy ? undefined : onRetry}>
          Retry
        </Button>
      }
    >
      What you see is what was loaded before.
    </Notice>
  )
}
