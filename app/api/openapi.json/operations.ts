import * as emailConfirmationsOne from '#app/api/v1/email-confirmations/[token]/route.ts'
import * as emailConfirmations from '#app/api/v1/email-confirmations/route.ts'
import * as invitationsAccept from '#app/api/v1/invitations/[token]/accept/route.ts'
import * as meInvitationsAccept from '#app/api/v1/me/invitations/[invitation]/accept/route.ts'
import * as meInvitations from '#app/api/v1/me/invitations/route.ts'
import * as me from '#app/api/v1/me/route.ts'
import * as meSessions from '#app/api/v1/me/sessions/route.ts'
import * as apiTokensRoll from '#app/api/v1/orgs/[org]/api-tokens/[token]/roll/route.ts'
import * as apiTokensOne from '#app/api/v1/orgs/[org]/api-tokens/[token]/route.ts'
import * as apiTokens from '#app/api/v1/orgs/[org]/api-tokens/route.ts'
import * as auditEvents from '#app/api/v1/orgs/[org]/audit-events/route.ts'
import * as auditEventsVerify from '#app/api/v1/orgs/[org]/audit-events/verify/route.ts'
import * as auditEventsCsv from '#app/api/v1/orgs/[org]/audit-events.csv/route.ts'
import * as boardsAskNotice from '#app/api/v1/orgs/[org]/boards/[board]/ask/notice/route.ts'
import * as boardsAsk from '#app/api/v1/orgs/[org]/boards/[board]/ask/route.ts'
import * as boardsCardsOne from '#app/api/v1/orgs/[org]/boards/[board]/cards/[object]/route.ts'
import * as boardsCards from '#app/api/v1/orgs/[org]/boards/[board]/cards/route.ts'
import * as boardsObjectsOne from '#app/api/v1/orgs/[org]/boards/[board]/objects/[object]/route.ts'
import * as boardsObjects from '#app/api/v1/orgs/[org]/boards/[board]/objects/route.ts'
import * as boardsOne from '#app/api/v1/orgs/[org]/boards/[board]/route.ts'
import * as boards from '#app/api/v1/orgs/[org]/boards/route.ts'
import * as connectAttemptsChoose from '#app/api/v1/orgs/[org]/connect-attempts/[attempt]/choose/route.ts'
import * as connectAttemptsOne from '#app/api/v1/orgs/[org]/connect-attempts/[attempt]/route.ts'
import * as connectAttempts from '#app/api/v1/orgs/[org]/connect-attempts/route.ts'
import * as connectionRequestsOne from '#app/api/v1/orgs/[org]/connection-requests/[request]/route.ts'
import * as connectionRequests from '#app/api/v1/orgs/[org]/connection-requests/route.ts'
import * as connectionsLeakSuspected from '#app/api/v1/orgs/[org]/connections/[connection]/credential/leak-suspected/route.ts'
import * as connectionsOldRevoked from '#app/api/v1/orgs/[org]/connections/[connection]/credential/old-revoked/route.ts'
import * as connectionsCredential from '#app/api/v1/orgs/[org]/connections/[connection]/credential/route.ts'
import * as connectionsImpact from '#app/api/v1/orgs/[org]/connections/[connection]/impact/route.ts'
import * as connectionsReportsOne from '#app/api/v1/orgs/[org]/connections/[connection]/resources/[kind]/[resource]/reports/[report]/route.ts'
import * as connectionsReports from '#app/api/v1/orgs/[org]/connections/[connection]/resources/[kind]/[resource]/reports/route.ts'
import * as connectionsResourcesOne from '#app/api/v1/orgs/[org]/connections/[connection]/resources/[kind]/[resource]/route.ts'
import * as connectionsResources from '#app/api/v1/orgs/[org]/connections/[connection]/resources/route.ts'
import * as connectionsOne from '#app/api/v1/orgs/[org]/connections/[connection]/route.ts'
import * as connectionsSkip from '#app/api/v1/orgs/[org]/connections/[connection]/skip/route.ts'
import * as connectionsVerify from '#app/api/v1/orgs/[org]/connections/[connection]/verify/route.ts'
import * as connections from '#app/api/v1/orgs/[org]/connections/route.ts'
import * as firstRun from '#app/api/v1/orgs/[org]/first-run/route.ts'
import * as integrationsActivity from '#app/api/v1/orgs/[org]/integrations/[provider]/activity/route.ts'
import * as integrationsReminders from '#app/api/v1/orgs/[org]/integrations/[provider]/people/reminders/route.ts'
import * as integrationsPeople from '#app/api/v1/orgs/[org]/integrations/[provider]/people/route.ts'
import * as integrationsOne from '#app/api/v1/orgs/[org]/integrations/[provider]/route.ts'
import * as integrations from '#app/api/v1/orgs/[org]/integrations/route.ts'
import * as invitationsResend from '#app/api/v1/orgs/[org]/invitations/[invitation]/resend/route.ts'
import * as invitationsOne from '#app/api/v1/orgs/[org]/invitations/[invitation]/route.ts'
import * as invitations from '#app/api/v1/orgs/[org]/invitations/route.ts'
import * as membersLeaving from '#app/api/v1/orgs/[org]/members/[member]/leaving/route.ts'
import * as membersOne from '#app/api/v1/orgs/[org]/members/[member]/route.ts'
import * as members from '#app/api/v1/orgs/[org]/members/route.ts'
import * as rotation from '#app/api/v1/orgs/[org]/rotation/route.ts'
import * as orgsOne from '#app/api/v1/orgs/[org]/route.ts'
import * as scopes from '#app/api/v1/orgs/[org]/scopes/route.ts'
import * as search from '#app/api/v1/orgs/[org]/search/route.ts'
import * as orgs from '#app/api/v1/orgs/route.ts'
import * as passwordResetsOne from '#app/api/v1/password-resets/[token]/route.ts'
import * as passwordResets from '#app/api/v1/password-resets/route.ts'
import * as signUp from '#app/api/v1/sign-up/route.ts'
import type { Described } from '#lib/http/openapi.ts'

/** Every address of the API with the module that serves it; a test compares the list with the folders. */
export const operations: readonly Described[] = [
  ['/api/v1/email-confirmations/{token}', emailConfirmationsOne],
  ['/api/v1/email-confirmations', emailConfirmations],
  ['/api/v1/invitations/{token}/accept', invitationsAccept],
  ['/api/v1/me/invitations/{invitation}/accept', meInvitationsAccept],
  ['/api/v1/me/invitations', meInvitations],
  ['/api/v1/me', me],
  ['/api/v1/me/sessions', meSessions],
  ['/api/v1/orgs/{org}/api-tokens/{token}/roll', apiTokensRoll],
  ['/api/v1/orgs/{org}/api-tokens/{token}', apiTokensOne],
  ['/api/v1/orgs/{org}/api-tokens', apiTokens],
  ['/api/v1/orgs/{org}/audit-events', auditEvents],
  ['/api/v1/orgs/{org}/audit-events.csv', auditEventsCsv],
  ['/api/v1/orgs/{org}/audit-events/verify', auditEventsVerify],
  ['/api/v1/orgs/{org}/boards/{board}/ask/notice', boardsAskNotice],
  ['/api/v1/orgs/{org}/boards/{board}/ask', boardsAsk],
  ['/api/v1/orgs/{org}/boards/{board}/cards/{object}', boardsCardsOne],
  ['/api/v1/orgs/{org}/boards/{board}/cards', boardsCards],
  ['/api/v1/orgs/{org}/boards/{board}/objects/{object}', boardsObjectsOne],
  ['/api/v1/orgs/{org}/boards/{board}/objects', boardsObjects],
  ['/api/v1/orgs/{org}/boards/{board}', boardsOne],
  ['/api/v1/orgs/{org}/boards', boards],
  ['/api/v1/orgs/{org}/connect-attempts/{attempt}/choose', connectAttemptsChoose],
  ['/api/v1/orgs/{org}/connect-attempts/{attempt}', connectAttemptsOne],
  ['/api/v1/orgs/{org}/connect-attempts', connectAttempts],
  ['/api/v1/orgs/{org}/connection-requests/{request}', connectionRequestsOne],
  ['/api/v1/orgs/{org}/connection-requests', connectionRequests],
  ['/api/v1/orgs/{org}/connections/{connection}/credential/leak-suspected', connectionsLeakSuspected],
  ['/api/v1/orgs/{org}/connections/{connection}/credential/old-revoked', connectionsOldRevoked],
  ['/api/v1/orgs/{org}/connections/{connection}/credential', connectionsCredential],
  ['/api/v1/orgs/{org}/connections/{connection}/impact', connectionsImpact],
  ['/api/v1/orgs/{org}/connections/{connection}/resources/{kind}/{resource}/reports/{report}', connectionsReportsOne],
  ['/api/v1/orgs/{org}/connections/{connection}/resources/{kind}/{resource}/reports', connectionsReports],
  ['/api/v1/orgs/{org}/connections/{connection}/resources/{kind}/{resource}', connectionsResourcesOne],
  ['/api/v1/orgs/{org}/connections/{connection}/resources', connectionsResources],
  ['/api/v1/orgs/{org}/connections/{connection}', connectionsOne],
  ['/api/v1/orgs/{org}/connections/{connection}/skip', connectionsSkip],
  ['/api/v1/orgs/{org}/connections/{connection}/verify', connectionsVerify],
  ['/api/v1/orgs/{org}/connections', connections],
  ['/api/v1/orgs/{org}/first-run', firstRun],
  ['/api/v1/orgs/{org}/integrations/{provider}/activity', integrationsActivity],
  ['/api/v1/orgs/{org}/integrations/{provider}/people/reminders', integrationsReminders],
  ['/api/v1/orgs/{org}/integrations/{provider}/people', integrationsPeople],
  ['/api/v1/orgs/{org}/integrations/{provider}', integrationsOne],
  ['/api/v1/orgs/{org}/integrations', integrations],
  ['/api/v1/orgs/{org}/invitations/{invitation}/resend', invitationsResend],
  ['/api/v1/orgs/{org}/invitations/{invitation}', invitationsOne],
  ['/api/v1/orgs/{org}/invitations', invitations],
  ['/api/v1/orgs/{org}/members/{member}/leaving', membersLeaving],
  ['/api/v1/orgs/{org}/members/{member}', membersOne],
  ['/api/v1/orgs/{org}/members', members],
  ['/api/v1/orgs/{org}', orgsOne],
  ['/api/v1/orgs/{org}/rotation', rotation],
  ['/api/v1/orgs/{org}/scopes', scopes],
  ['/api/v1/orgs/{org}/search', search],
  ['/api/v1/orgs', orgs],
  ['/api/v1/password-resets/{token}', passwordResetsOne],
  ['/api/v1/password-resets', passwordResets],
  ['/api/v1/sign-up', signUp],
]
