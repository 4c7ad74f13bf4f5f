'use client'
import { useQueries } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ProviderIcon } from '#components/ui/provider-icon.tsx'
import { resourcesOf } from '#lib/resources/client.ts'
import type { ResourceView } from '#lib/resources/schema.ts'
import { useOpenBoard } from './board-context.ts'
import { titleOf } from './cards/body.ts'
import { ConnectOwn } from './cards/connect-own.tsx'
import { kindName } from './names.ts'
import { lacksOwnAccount, rootKind, type Source } from './sources.ts'

const MOST = 3

/** The newest things of the connected sources, some of each. */
function useSuggestions(org: string, sources: readonly Source[]): ResourceView[] {
  const asked = sources.flatMap((source) => {
    const kind = rootKind(source)
    return source.connectionId && kind ? [resourcesOf(org, source.connectionId, { kind: kind.id })] : []
  })
  const answers = useQueries({ queries: asked.map((options) => ({ ...options, networkMode: 'always' as const })) })
  const lists = answers.map(({ data }) => data?.items ?? [])
  const inTurn = Array.from({ length: MOST }, (_, at) => lists.flatMap((items) => items[at] ?? [])).flat()
  return inTurn.slice(0, MOST)
}

/** What a board without anything on it says, with what could be put there at once. */
export function EmptyBoard() {
  const { org, board, sources, adding, focus } = useOpenBoard()
  const suggestions = useSuggestions(org, board.mayEdit ? sources : [])
  const missing = sources.filter(lacksOwnAccount)
  if (!board.mayEdit) return <Frame title="Nothing on this board yet." />
  const add = async (resource: ResourceView) => {
    const { connectionId: connection, kind, id } = resource
    const wanted = { label: titleOf(resource), input: { connection, kind, resource: id } }
    const [added] = await adding.refer([wanted], { section: null })
    if (added) focus(added)
  }
  return (
    <Frame title="Press @ or paste a link to add your first reference.">
      {suggestions.length > 0 && (
        <div className="grid gap-2">
          <p className="text-ink-2">Or begin with one of these:</p>
          <ul className="flex flex-wrap gap-2">
            {suggestions.map((resource) => (
              <li key={`${resource.kind} ${resource.id}`} className="max-w-full">
                <Button className="max-w-full" onClick={() => void add(resource)}>
                  <ProviderIcon provider={resource.provider} className="-ms-2 border-transparent" />
                  <span className="truncate">{titleOf(resource)}</span>
                  <span className="font-normal text-ink-3">{kindName(resource.kind)}</span>
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {missing.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {missing.map((source) => (
            <ConnectOwn key={source.id} source={source} label={`Connect ${source.name}`} />
          ))}
        </div>
      )}
    </Frame>
  )
}

function Frame({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid max-w-read gap-4 rounded-group border border-control border-dashed bg-surface px-4 py-6 sm:px-6">
      <p className="font-semibold">{title}</p>
      {children}
    </div>
  )
}
