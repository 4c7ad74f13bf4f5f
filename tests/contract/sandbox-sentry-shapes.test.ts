import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/sentry')
const areMissing = !existsSync(EXAMPLES)

const sentry = await newSandbox(sentryClient)

type Shape = Map<string, Set<string>>

// What Sentry's examples have and not every answer has: things only `expand` brings, the settings of a project, what an
// SDK or a person happened to send with an event, and fields in which the examples disagree among themselves.
const OPTIONAL = [
  /^(\[\]\.)?(inbox|owners|derivedData|integrationIssues|sentryAppIssues|sessionCount|latestEventHasAttachments)\b/,
  /^(\[\]\.)?(matchingEventId|matchingEventEnvironment|seenBy|openPeriods|plugin\w+|activity)\b/,
  /^(group\.|\[\]\.)?(metadata|lifetime|isUnhandled)\b/,
  /^(\[\]\.)?(filtered|seer\w+|substatus|platform|priority\w*|issueType|issueCategory)$/,
  /^(event\.)?(entries|contexts|context|_meta|packages|sdk|errors|user|metadata|groupingConfig|occurrence|release)\b/,
  /^(event\.)?(crashFile|culprit|location|nextEventID|previousEventID|userReport|sdkUpdates|resolvedWith|groupingConfig)$/,
  /^(features|access|options|platforms|organization)\b/,
  /^\[\]\.user\b/,
  /^tags\b/,
  /\bproject\.platform$/,
]
// The settings of a project, of which few are shown here.
const PROJECT_SETTINGS =
  /^missing (digests\w+|allowedDomains.*|dataScrubber\w*|safeFields|storeCrashReports|sensitiveFields.*|security\w+|verifySSL|scrubIPAddresses|scrapeJavaScript|\w*[gG]rouping\w+|fingerprintingRules|relayPiiConfig|builtinSymbolSources.*|dynamicSampling.*|symbolSources|tempest\w+|debugFilesRole|isDynamicallySampled|enableAuto\w+|autofix\w+|seer\w+|highlight.*|scmSource\w+)$/

/** Every field of a JSON value by its path, with the types seen there; lists are one step, written `[]`. */
function shapeOf(value: unknown, at = '', shape: Shape = new Map()): Shape {
  const type = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
  if (at !== '') shape.set(at, (shape.get(at) ?? new Set<string>()).add(type))
  if (Array.isArray(value)) for (const item of value) shapeOf(item, `${at}[]`, shape)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) shapeOf(inner, at === '' ? key : `${at}.${key}`, shape)
  }
  return shape
}

/** Fields that one side has and the other has not, and fields whose types have nothing in common. */
function differences(example: unknown, answer: unknown): string[] {
  const [wanted, given] = [shapeOf(example), shapeOf(answer)]
  const isBelow = (field: string) =>
    [...wanted, ...given].some(([at, types]) => types.has('null') && field.startsWith(`${at}.`)) ||
    [wanted, given].some((side) =>
      [...side].some(([at, types]) => types.has('list') && field.startsWith(`${at}[]`) && !side.has(`${at}[]`)),
    )
  const isSkipped = (field: string) => OPTIONAL.some((one) => one.test(field)) || isBelow(field)
  const only = (side: Shape, other: Shape, word: string) =>
    [...side.keys()].filter((field) => !other.has(field) && !isSkipped(field)).map((field) => `${word} ${field}`)
  const retyped = [...wanted].flatMap(([field, types]) => {
    const own = given.get(field)
    const isAlike = !own || types.has('null') || own.has('null') || [...types].some((type) => own.has(type))
    return isAlike ? [] : [`${field}: ${[...types].join()} became ${[...own].join()}`]
  })
  return [...only(wanted, given, 'missing'), ...only(given, wanted, 'extra'), ...retyped]
}

const example = (name: string): { status: number; body: unknown } =>
  JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8'))

const ORG = '/organizations/acme'
const CASES: [name: string, address: string][] = [
  ['auth', '/auth/'],
  ['get-organization', `${ORG}/?detailed=0`],
  ['list-organizations', '/organizations/'],
  ['list-org-projects', `${ORG}/projects/`],
  ['get-project', '/projects/acme/web/'],
  ['list-org-issues', `${ORG}/issues/?query=`],
  ['list-project-issues', '/projects/acme/web/issues/'],
  ['get-issue', `${ORG}/issues/WEB-1/`],
  ['sdkfixture-get-issue', `${ORG}/issues/API-1/`],
  ['resolve-short-id', `${ORG}/shortids/API-1/`],
  ['list-issue-events', `${ORG}/issues/API-1/events/`],
  ['list-project-events', '/projects/acme/api/events/'],
  ['get-issue-event', `${ORG}/issues/API-1/events/latest/`],
  ['sdkfixture-get-issue-event', `${ORG}/issues/WEB-1/events/latest/`],
]

test.skipIf(areMissing).each(CASES)(
  '%s has the fields and types of Sentry’s own example (skipped where the examples are not at hand)',
  async (name, address) => {
    const response = await sentry.api(address, await sentry.tokenFor({ kind: 'user' }))
    const { status, body } = example(name)
    expect(response.status).toBe(status)
    const found = differences(body, await response.json())
    expect(found.filter((line) => name !== 'get-project' || !PROJECT_SETTINGS.test(line))).toEqual([])
  },
)

test.skipIf(areMissing)(
  'an event found by its id has the fields of Sentry’s own example (skipped where the examples are not at hand)',
  async () => {
    const token = await sentry.tokenFor()
    const { id } = await (await sentry.api(`${ORG}/issues/API-1/events/latest/`, token)).json()
    const answer = await (await sentry.api(`${ORG}/eventids/${id}/`, token)).json()
    const differing = differences(example('resolve-event-id').body, answer)
    expect(differing.filter((line) => !/^extra event\.(dateReceived|projectID)/.test(line))).toEqual([])
  },
)

test.skipIf(areMissing)(
  'a stack frame has the fields of Sentry’s own example (skipped where the examples are not at hand)',
  async () => {
    const latest = await sentry.api(`${ORG}/issues/API-1/events/latest/`, await sentry.tokenFor())
    type Entry = { type: string; data: { values: { stacktrace: { frames: object[] } }[] } }
    const frameOf = (entries: Entry[]) =>
      entries.find(({ type }) => type === 'exception')?.data.values[0]?.stacktrace.frames[0] ?? {}
    const { entries } = example('get-issue-event').body as { entries: Entry[] } // the example's own fields
    const own = Object.keys(frameOf((await latest.json()).entries))
    expect(own).toEqual(expect.arrayContaining(Object.keys(frameOf(entries))))
  },
)
