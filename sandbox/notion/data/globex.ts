import type { StartDatabase, StartPage } from '#sandbox/notion/data.ts'

/** The pages at the top of Globex Labs. */
export const globexPages: readonly StartPage[] = [
  {
    title: 'Telemetry agent',
    icon: '📡',
    by: 'sam',
    createdAt: '2025-09-02T09:00',
    editedAt: '2026-11-14T11:00',
    content: `An open agent that carriers install themselves.

## Promises
- Nothing leaves the machine without a name for it
- Off means off`,
  },
]

/** The databases at the top of Globex Labs. */
export const globexDatabases: readonly StartDatabase[] = [
  {
    title: 'Field notes',
    by: 'sam',
    createdAt: '2025-10-01T09:00',
    editedAt: '2026-11-10T10:00',
    sources: [
      {
        name: 'Field notes',
        properties: ['Name: title', 'Carrier: select(North, South)', 'Visited: date'],
        rows: [
          {
            title: 'Depot at Tilburg',
            by: 'sam',
            createdAt: '2026-10-05T09:00',
            editedAt: '2026-10-05T17:00',
            values: { Carrier: 'North', Visited: '2026-10-05' },
          },
        ],
      },
    ],
  },
]
