import { hexOf, ORIGIN, type Organization, type Project, projectsOf, type State, type User } from './state.ts'

const LETTER = { avatarType: 'letter_avatar', avatarUuid: null }
const FEATURES = ['session-replay-video', 'onboarding', 'advanced-search', 'issue-platform']
const ENVIRONMENTS = ['production', 'staging']

/** Where people look at an organization. */
export const organizationPage = ({ world }: State, slug: string): string =>
  `${world.url}${ORIGIN}/organizations/${slug}`

/** The host that answers for an organization. */
export const regionUrl = ({ world }: State, organization: Organization): string =>
  organization.regionUrl ?? world.url + ORIGIN

/** An organization without its members, teams and projects. */
export function shownOrganization(state: State, organization: Organization) {
  const { id, slug, name, createdAt, hasLinks, requiresSso } = organization
  return {
    avatar: LETTER,
    dateCreated: createdAt,
    hasAuthProvider: requiresSso,
    id,
    isEarlyAdopter: false,
    allowMemberInvite: true,
    allowMemberProjectCreation: true,
    allowSuperuserAccess: false,
    ...(hasLinks && {
      links: { organizationUrl: organizationPage(state, slug), regionUrl: regionUrl(state, organization) },
    }),
    name,
    require2FA: false,
    slug,
    status: { id: 'active', name: 'active' },
  }
}

/** An organization in the list of organizations. */
export const listedOrganization = (state: State, organization: Organization) => ({
  ...shownOrganization(state, organization),
  features: FEATURES,
})

/** An organization with its projects, which `detailed=0` leaves out. */
export const detailedOrganization = (state: State, organization: Organization) => ({
  ...listedOrganization(state, organization),
  access: ['event:read', 'org:read', 'project:read'],
  onboardingTasks: [],
  projects: projectsOf(state, organization.slug).map((project) => shownProject(state, project)),
  teams: teamsOf(state, organization.slug),
})

const teamOf = (name: string) => ({ id: String(Number.parseInt(hexOf(name).slice(0, 6), 16)), name, slug: name })
const teamsOf = (state: State, organization: string) =>
  [...new Set(projectsOf(state, organization).map(({ team }) => team))].map(teamOf)

/** The number of a team, which an issue's assignee names. */
export const teamId = (name: string): string => teamOf(name).id

const UNUSED = {
  hasProfiles: false,
  hasFlags: false,
  hasMinifiedStackTrace: false,
  hasMonitors: false,
  hasFeedbacks: false,
  hasNewFeedbacks: false,
  hasInsightsHttp: true,
  hasInsightsDb: false,
  hasInsightsAssets: false,
  hasInsightsAppStart: false,
  hasInsightsScreenLoad: false,
  hasInsightsVitals: false,
  hasInsightsCaches: false,
  hasInsightsQueues: false,
  hasInsightsAgentMonitoring: false,
  hasInsightsMCP: false,
  hasLogs: false,
  hasTraceMetrics: false,
}

function baseProject(state: State, project: Project) {
  const { id, slug, name, platform, organization, createdAt } = project
  const seen = state.issues.filter((issue) => issue.organization === organization && issue.project === slug)
  const first = Math.min(...seen.map(({ firstSeen }) => firstSeen))
  const releases = seen.flatMap(({ release }) => release ?? []).toSorted()
  const [team, latest] = [teamOf(project.team), releases.at(-1)]
  return {
    slug,
    name,
    dateCreated: createdAt,
    firstEvent: seen.length === 0 ? null : new Date(first).toISOString(),
    access: [],
    hasAccess: true,
    id,
    isBookmarked: false,
    isMember: true,
    platform,
    platforms: [platform.split('-')[0] ?? platform],
    team,
    teams: [team],
    features: ['alert-filters', 'releases', 'servicehooks'],
    firstTransactionEvent: true,
    hasSessions: true,
    hasReplays: platform.startsWith('javascript'),
    ...UNUSED,
    latestRelease: latest === undefined ? null : { version: latest },
  }
}

/** A project in a list. */
export const shownProject = (state: State, project: Project) => ({
  ...baseProject(state, project),
  hasUserReports: false,
  environments: ENVIRONMENTS,
})

/** A project by itself, with its organization. */
export function fullProject(state: State, organization: Organization, project: Project) {
  return {
    ...baseProject(state, project),
    isInternal: false,
    isPublic: false,
    avatar: LETTER,
    color: `#${hexOf(project.slug).slice(0, 6)}`,
    status: 'active',
    subjectPrefix: '',
    subjectTemplate: '$shortID - $title',
    resolveAge: 0,
    defaultEnvironment: 'production',
    organization: listedOrganization(state, organization),
    processingIssues: 0,
  }
}

/** A person as their own token shows them. */
export const shownUser = ({ id, email, name }: User) => ({
  id,
  name,
  email,
  username: email,
  avatarUrl: `https://gravatar.com/avatar/${hexOf(email)}?s=32&d=mm`,
  dateJoined: '2026-01-07T09:14:00.120000Z',
  isActive: true,
  isManaged: false,
  isStaff: false,
  isSuperuser: false,
  lastLogin: '2026-06-01T07:58:11.903000Z',
  has2fa: true,
  hasPasswordAuth: true,
  emails: [{ id, email, is_verified: true }],
})
