'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Switch } from '#components/ui/checkbox.tsx'
import { problemOf } from '#lib/platform/client.ts'
import { changeOrganization } from '#lib/tenancy/client.ts'

/** Whether members too may make tokens; turned off, theirs stop. */
export function TokenPolicy({ org, isForMembers }: { org: string; isForMembers: boolean }) {
  const router = useRouter()
  const [isOn, setIsOn] = useState(isForMembers)
  const [problem, setProblem] = useState('')
  const change = async (next: boolean) => {
    setIsOn(next)
    setProblem('')
    try {
      await changeOrganization(org, { whoMayMakeTokens: next ? 'members' : 'admins' })
      announce(next ? 'Members can make API tokens' : 'Only owners and admins can make API tokens')
      router.refresh()
    } catch (error) {
      setIsOn(!next)
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
    }
  }
  return (
    <div className="grid gap-1">
      <Switch
        label="Members can make API tokens of their own"
        hint="A token does only what its maker may do. Turned off, the tokens of members stop working."
        checked={isOn}
        onChange={({ target }) => void change(target.checked)}
      />
      {problem && <p className="text-error text-small">{problem}</p>}
    </div>
  )
}
