'use client'
import { useQueryClient } from '@tanstack/react-query'
import { announce } from '#components/ui/announce.ts'
import { configure, standingsOf } from '#lib/connections/client.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'

/** Turns a provider on or off for the whole organization, and says what came of it. */
export function useSwitch({ id, name }: Pick<ProviderView, 'id' | 'name'>, org: string) {
  const queries = useQueryClient()
  return async (enabled: boolean): Promise<void> => {
    try {
      await configure(org, id, { enabled })
      await queries.invalidateQueries({ queryKey: standingsOf(org) })
      announce(`${name} ${enabled ? 'enabled' : 'disabled'}.`)
    } catch (error) {
      announce(problemOf(error).message, 'assertive')
    }
  }
}
