import { isNeeded, type KeyMethod } from './key-words.ts'
import { ScopeList } from './scope-list.tsx'

type Props = { method: KeyMethod; choices: Readonly<Record<string, string>> }

/** Where a key is made and what it must be allowed: no more than is needed as the form stands. */
export function MakeKey({ method, choices }: Props) {
  const { makeAt, makeLabel, scopes, fields } = method
  const optionOf = (name?: string) => fields.find((field) => field.name === name)?.label
  return (
    <>
      {makeAt ? (
        <p>
          <a className="link" href={makeAt} target="_blank" rel="noreferrer">
            {makeLabel} (opens in a new tab)
          </a>
        </p>
      ) : (
        <p>{makeLabel}.</p>
      )}
      {scopes.length > 0 && (
        <div className="grid gap-2">
          <p>Give it these permissions and no more:</p>
          <ScopeList
            scopes={scopes}
            tag={(scope) => {
              if (!isNeeded(scope, choices)) return `Not needed while ${optionOf(scope.option) ?? 'that'} is off`
              return 'Needed'
            }}
          />
        </div>
      )}
      <p className="text-ink-3 text-small">Keep the original in your team's vault.</p>
    </>
  )
}
