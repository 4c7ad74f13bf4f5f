import Link from 'next/link'
import type { OwnTokens } from '#lib/tenancy/schema.ts'

/** That API tokens outlive a password and every session, how many and where they are ended. Nothing for who has none. */
export function TokensGoOn({ tokens }: { tokens: OwnTokens }) {
  if (tokens.length === 0) return null
  return (
    <p>
      API tokens go on:{' '}
      {tokens.map(({ org, name, count }, n) => (
        <span key={org}>
          {n > 0 && ', '}
          <Link className="link" href={`/${org}/settings/api-tokens`}>
            {count} of yours in {name}
          </Link>
        </span>
      ))}
      . Revoke what somebody else may have.
    </p>
  )
}
