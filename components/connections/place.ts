/** What every control here needs to know of the page it stands on. */
export type Place = {
  org: { slug: string; name: string }
  /** The token that the Connect form of this session carries. */
  csrf: string
  /** Whom to ask for what only owners and admins may do. */
  admins: readonly string[]
}

const anyOf = new Intl.ListFormat('en', { type: 'disjunction' })

/** "Only admins can disconnect Slack. Ask Priya or Sam." `what` is verb and object. */
export function adminsOnly(what: string, admins: readonly string[]): string {
  return `Only admins can ${what}. Ask ${admins.length > 0 ? anyOf.format(admins) : 'one of them'}.`
}

/** The address of a provider's pages. */
export const providerPath = (org: string, provider: string): string => `/${org}/settings/integrations/${provider}`
