import Link from 'next/link'
import { Jack, type JackName } from '#components/ui/jack.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { type Place, providerPath } from './place.ts'
import { isThere } from './slot-words.ts'

type Tick = 'yes' | 'no' | 'unknown'
const signs: Record<Tick, readonly [jack: JackName, colour: string, word: string]> = {
  yes: ['check', 'text-ok-icon', 'Yes'],
  no: ['empty', 'text-ink-3', 'Not yet'],
  unknown: ['note', 'text-ink-3', "Couldn't check"],
}

type Props = { provider: ProviderView; place: Place; isUnknown: boolean }

/** What is true once it works, each ticked by how things stand now. */
export function GuideCheck({ provider, place, isUnknown }: Props) {
  const path = providerPath(place.org.slug, provider.id)
  return (
    <>
      <Panel as="ul" className="max-w-read">
        {linesOf(provider).map(({ key, text, isTrue, detail }) => {
          const tick: Tick = isUnknown ? 'unknown' : isTrue ? 'yes' : 'no'
          const [jack, colour, word] = signs[tick]
          return (
            <li key={key} data-tick={tick} className="flex items-start gap-2 px-4 py-2.5">
              <Jack name={jack} className={`mt-0.5 ${colour}`} />
              <span className="min-w-0">
                {text} <span className="text-ink-3 text-small">{word}</span>
                {!isUnknown && detail && <span className="block text-ink-2">{detail}</span>}
              </span>
            </li>
          )
        })}
      </Panel>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        <li>
          <Link className="link inline-block min-h-6" prefetch={false} href={`${path}#health`}>
            See how it fares
          </Link>
        </li>
        <li>
          <Link className="link inline-block min-h-6" prefetch={false} href={`/${place.org.slug}/boards`}>
            Try it on a board
          </Link>
        </li>
      </ul>
    </>
  )
}

function linesOf(provider: ProviderView) {
  const { name } = provider
  const standing = provider.slots.filter(isThere)
  const [first] = standing.flatMap(({ connection }) => (connection ? [connection] : []))
  const missing = standing.flatMap(({ connection }) => connection?.scopes.missing ?? [])
  return [
    {
      key: 'status',
      text: 'The status reads Connected.',
      isTrue: standing.some(({ status }) => status === 'connected'),
      detail: standing.find(({ reason }) => reason)?.reason,
    },
    {
      key: 'account',
      text: 'It names the account you meant.',
      isTrue: first !== undefined,
      detail: first?.account.label,
    },
    {
      key: 'scopes',
      text: 'Every permission was given.',
      isTrue: first !== undefined && missing.length === 0,
      detail: missing.length > 0 ? `Missing: ${missing.join(', ')}` : null,
    },
    {
      key: 'answer',
      text: `${name} has answered.`,
      isTrue: first?.verifiedAt != null,
      detail: first?.verifiedAt ? (
        <>
          Checked <Time value={first.verifiedAt} />
        </>
      ) : null,
    },
  ]
}
