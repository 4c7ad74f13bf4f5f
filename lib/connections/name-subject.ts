/** A connection as the audit log names it: a member's account is theirs to name, so it is not in there. */
export const subjectOf = ({ id, provider, slot, accountLabel }: Named & { id: string; provider: string }) => ({
  kind: 'connection',
  id,
  name: slot === 'organization' ? `${provider} for the organization ${accountLabel}` : `${provider} account`,
})

type Named = { slot: string; accountLabel: string }

/** The account among the facts of an audit event: the organization's only. */
export const accountFact = ({ slot, accountLabel }: Named): Record<string, string> =>
  slot === 'organization' ? { account: accountLabel } : {}
