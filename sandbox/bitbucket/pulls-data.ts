import type { PullRequest } from './state.ts'

const [DANA, SAM, PRIYA, LEE] = ['dana@acme.example', 'sam@acme.example', 'priya@acme.example', 'lee@park.example']

/** A pull request as it is before anything is said of it. */
export const newPull = (id: number, title: string, author: string, source: string, at: string): PullRequest => ({
  id,
  title,
  description: '',
  state: 'OPEN',
  isDraft: false,
  author,
  source,
  destination: 'main',
  createdOn: at,
  updatedOn: at,
  closedBy: null,
  reason: '',
  reviewers: [],
  approvedBy: [],
  comments: 0,
})

const STARTED: Readonly<Record<string, () => PullRequest[]>> = {
  'acme/orders-mobile': () => [
    {
      ...newPull(1, 'Keep the route while offline', SAM, 'feature/offline-route', '2026-09-14T09:20:11.204Z'),
      description:
        'Couriers lose the map in the tunnel under the harbour.\n\n* keeps the last route on the device\n* says how old it is',
      state: 'MERGED',
      updatedOn: '2026-09-16T13:02:45.881Z',
      closedBy: DANA,
      reviewers: [DANA, PRIYA],
      approvedBy: [DANA],
      comments: 4,
    },
    {
      ...newPull(2, 'Send signatures as pictures', LEE, 'feature/signature-png', '2026-10-05T11:41:30.017Z'),
      description: 'The insurer wants to see them.',
      state: 'DECLINED',
      updatedOn: '2026-10-07T08:12:09.550Z',
      closedBy: SAM,
      reason: 'Vectors are enough; the insurer agreed.',
      reviewers: [SAM],
      comments: 7,
    },
    {
      ...newPull(3, 'Backoff when the API is busy', LEE, 'feature/backoff', '2026-11-16T10:05:52.330Z'),
      description: 'Waits longer each time instead of asking ten times a second.',
      updatedOn: '2026-11-19T15:48:27.912Z',
      reviewers: [SAM, DANA],
      approvedBy: [SAM],
      comments: 3,
    },
    {
      ...newPull(4, 'Dark colours for the night shift', PRIYA, 'feature/night', '2026-11-18T16:22:03.478Z'),
      isDraft: true,
      updatedOn: '2026-11-18T16:22:03.478Z',
    },
  ],
  'acme/label-printer': () => [
    {
      ...newPull(
        1,
        'Labels for parcels without a house number',
        SAM,
        'fix/no-house-number',
        '2026-11-10T07:55:40.119Z',
      ),
      updatedOn: '2026-11-12T12:30:00.640Z',
      reviewers: [PRIYA],
      comments: 1,
    },
  ],
  'acme/payroll-exports': () => [
    {
      ...newPull(1, 'Thirteenth month for the Rotterdam office', DANA, 'thirteenth-month', '2026-11-02T08:00:00.300Z'),
      updatedOn: '2026-11-03T09:10:00.700Z',
    },
  ],
}

/** The pull requests that a repository has at the start. */
export const pullsOf = (fullName: string): PullRequest[] => STARTED[fullName]?.() ?? []
