'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { RowHead, Td, Tr } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import { problemOf } from '#lib/platform/client.ts'
import { revokeToken, tokensOf } from '#lib/tokens/client.ts'
import type { ApiTokenView } from '#lib/tokens/schema.ts'

type Props = { org: string; token: ApiTokenView; onRoll: () => void }

/** One token: what it may do, when it was used, and the ways to change or end it. */
export function TokenRow({ org, token, onRoll }: Props) {
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => revokeToken(org, token.id),
    onSuccess: () => {
      announce(`${token.name} was revoked`)
      client.setQueryData(tokensOf(org).queryKey, (all) => all?.filter(({ id }) => id !== token.id))
    },
    onError: (error) => announce(problemOf(error).message, 'assertive'),
    onSettled: () => setAsking(false),
  })
  return (
    <Tr id={token.id}>
      <RowHead>
        <span className="wrap-anywhere">{token.name}</span>
        <p className="whitespace-nowrap font-mono font-normal text-ink-3 text-small">
          {token.startsWith}…{token.endsWith}
        </p>
        {revoke.error !== null && (
          <p className="font-normal text-error text-small">{problemOf(revoke.error).message}</p>
        )}
      </RowHead>
      <Td label="Scopes">
        <span className="font-mono text-small">{token.scopes.join(', ')}</span>
      </Td>
      <Td label="Created by">{token.createdBy.name}</Td>
      <Td label="Last used">
        <LastUsed use={token.lastUsed} />
      </Td>
      <Td label="Expires">
        <Expiry token={token} />
      </Td>
      <Td label="Actions" end>
        <div className="flex justify-end gap-2 max-sm:flex-wrap">
          {token.mayRoll && (
            <Button size="row" aria-label={`Roll ${token.name}`} onClick={onRoll}>
              Roll
            </Button>
          )}
          <Button size="row" aria-label={`Revoke ${token.name}`} onClick={() => setAsking(true)}>
            Revoke
          </Button>
        </div>
        {asking && (
          <AlertDialog
            title={`Revoke ${token.name}?`}
            confirm="Revoke"
            busy={revoke.isPending}
            onConfirm={() => revoke.mutate()}
            onClose={() => setAsking(false)}
          >
            <p>Scripts that use it are refused from the next request on. It cannot be brought back.</p>
          </AlertDialog>
        )}
      </Td>
    </Tr>
  )
}

function LastUsed({ use }: { use: ApiTokenView['lastUsed'] }) {
  if (use === null) return <span className="text-ink-3">Last used unknown</span>
  if (use.at === null) return 'Never'
  return (
    <>
      <Time value={use.at} />
      <p className="font-mono text-ink-3 text-small">{use.ip ?? 'from an unknown address'}</p>
    </>
  )
}

function Expiry({ token: { expiresAt, previousUntil, stopped } }: { token: ApiTokenView }) {
  return (
    <>
      {stopped !== null && (
        <span className="flex items-center gap-1.5">
          <Jack name="attention" className="text-warn-icon" />
          {stopped === 'expired' ? 'Expired' : 'Stopped: its maker may not have tokens'}
        </span>
      )}
      {expiresAt ? <Time value={expiresAt} /> : 'No expiry'}
      {previousUntil && (
        <p className="text-ink-3 text-small">
          The value before works until <Time value={previousUntil} form="absolute" />
        </p>
      )}
    </>
  )
}
