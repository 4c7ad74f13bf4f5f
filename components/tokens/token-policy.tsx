'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Switch } from '#components/ui/checkbox.tsx'
import { problemOf } from '#lib/platform/client.ts'
import { changeOrganization } from '#lib/tenancy/client.ts'
import { tokensOf } from '#lib/tokens/client.ts'

/** Whether members too may make tokens; turned off, theirs stop. */
export function TokenPolicy({ org, isForMembers }: { org: string; isForMembers: boolean }) {
  const router = useRouter()
  const client = useQueryClient()
  const [isOn, setIsOn] = useState(isForMembers)
  const change = useMutation({
    scope: { id: `token policy of ${org}` }, // the presses reach the server in their order
    mutationFn: (next: boolean) => changeOrganization(org, { whoMayMakeTokens: next ? 'members' : 'admins' }),
    onSuccess: (_, next) => {
      announce(next ? 'Members can make API tokens' : 'Only owners and admins can make API tokens')
      void client.invalidateQueries(tokensOf(org))
      router.refresh()
    },
    onError: (error, next) => {
      setIsOn(!next)
      announce(problemOf(error).message, 'assertive')
    },
  })
  const press = (next: boolean) => {
    setIsOn(next)
    change.mutate(next)
  }
  return (
    <div className="grid gap-1">
      <Switch
        label="Members can make API tokens of their own"
        hint="A token does only what its maker may do. Turned off, the tokens of members stop working."
        checked={isOn}
        onChange={({ target }) => press(target.checked)}
      />
      {change.error !== null && <p className="text-error text-small">{problemOf(change.error).message}</p>}
    </div>
  )
}
