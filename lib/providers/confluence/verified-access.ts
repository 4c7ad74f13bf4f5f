import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import { type AtlassianProduct, atlassianSites } from '#lib/providers/atlassian.ts'
import { siteLabel } from '#lib/providers/atlassian-site.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Grant, Scope, Verdict, Verified } from '#lib/providers/define-auth.ts'

const ADMIN = { at: 'https://admin.atlassian.com', label: 'Open admin.atlassian.com' }

/** What an answer of Confluence's tells besides that it worked; null for one that tells nothing of access. */
function refusalIn(error: unknown): 'setup_required' | 'not_available' | 'no_access' | null {
  if (!(error instanceof ProviderFailure)) return null
  if (error.failure === 'scope') return 'setup_required'
  if (error.failure === 'forbidden') return 'no_access'
  return error.failure === 'not_found' ? 'not_available' : null
}

const Listed = z.object({ results: z.array(z.unknown()) })

/** Whether spaces can be listed: what needs Confluence itself, the app's part in it, and a person who may use it. */
async function askSpaces(site: Api): Promise<Verdict['is']> {
  try {
    await site('/wiki/api/v2/spaces', { schema: Listed, query: { limit: 1 } })
    return 'connected'
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    return refusal
  }
}

/**
 * A site is listed once for each of its products that a token may use, so that one without Confluence is listed for Jira
 * alone (developer.atlassian.com/cloud/confluence/oauth-2-3lo-apps). A consent that was never asked for Confluence cannot tell.
 */
async function judge(open: (config: Config) => Api, { config = {}, scopes }: Grant): Promise<Verdict['is']> {
  if (scopes && !scopes.some((name) => name.includes('confluence'))) return 'setup_required'
  const has = async (product: AtlassianProduct) =>
    (await atlassianSites(product)(open({}))).some(({ id }) => id === config.cloudId)
  if (await has('confluence')) return askSpaces(open(config))
  return (await has('jira')) ? 'not_available' : 'setup_required' // listed for neither, the app itself was taken off the site
}

const sentences: Record<Verdict['is'], (site: string) => string> = {
  connected: (site) => `Confluence is on for ${site}.`,
  setup_required: (site) => `Plugboard is not enabled for Confluence on ${site} yet.`,
  not_available: (site) =>
    `${site} has no Confluence subscription. Confluence needs a paid Confluence Cloud subscription.`,
  no_access: (site) =>
    `You need to be a site admin of ${site}: the account that Jira is connected with may not use Confluence there.`,
}

async function verify(open: (config: Config) => Api, grant: Grant): Promise<Verdict> {
  const is = await judge(open, grant)
  return { is, says: sentences[is](siteLabel(grant.config ?? {})) }
}

/** Confluence on the site whose Jira is connected: let in by an admin of the site, so that nobody is sent to a consent page. */
export const verifiedAccess = (scopes: readonly Scope[]): Verified & { slots: readonly ['organization'] } => ({
  type: 'verified',
  slots: ['organization'],
  through: 'jira',
  scopes,
  verify,
  about: 'It comes with the Atlassian site that Jira is on.',
  seeing:
    'This opens nothing to anybody: it lets owners and admins see which spaces there are. On boards each person sees only what their own Confluence account can open, and connects it from the first card that asks for it.',
  setUp: {
    ...ADMIN,
    why: 'Confluence is installed on your site, but Plugboard is not authorized to use it. A site admin lets it in:',
    steps: [
      'Open admin.atlassian.com.',
      'Go to Apps, then Platform Experiences, then Sites.',
      'Select your site, then Connected Apps.',
      'Find Plugboard in the list and choose View app details.',
      'Open the Connections tab.',
      'Find Confluence and choose Connect.',
      'Review the requested permissions and choose Connect to confirm.',
    ],
  },
  end: {
    at: ADMIN.at,
    label: 'Open Atlassian Admin',
    why: 'Confluence is disconnected in Atlassian Admin.',
    steps: [
      'Open admin.atlassian.com.',
      'Go to Apps, Platform Experiences, Sites, your site, Connected Apps.',
      'Find Plugboard and choose View app details.',
      'Open the Connections tab.',
      'Find Confluence and choose Disconnect.',
    ],
  },
  plans: 'https://www.atlassian.com/software/confluence/pricing',
})
