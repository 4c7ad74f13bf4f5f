/** A collection of the help center; `parent` is the name of the one it is in. */
export type StartCollection = { id: string; name: string; description?: string; parent?: string; at: string }
export type StartArticle = {
  id: string
  title: string
  description: string
  collection?: string
  author: string
  at: string
  changed: string
  isDraft?: boolean
  text: readonly string[]
}

/** The help centers' collections, by workspace. */
export const collections: Readonly<Record<string, readonly StartCollection[]>> = {
  acme: [
    {
      id: '310',
      name: 'Getting started',
      description: 'From the first key to the first order',
      at: '2024-02-20T10:00',
    },
    { id: '311', name: 'Orders', description: 'Placing, following and cancelling orders', at: '2024-02-20T10:05' },
    { id: '312', name: 'API and webhooks', description: 'For developers', at: '2024-03-04T09:00' },
    { id: '313', name: 'Errors', parent: 'API and webhooks', at: '2026-11-12T09:00' },
  ],
  globex: [{ id: '402', name: 'Telemetry agent', description: 'Installing and running it', at: '2025-09-10T09:00' }],
}

/** The help centers' articles, by workspace. */
export const articles: Readonly<Record<string, readonly StartArticle[]>> = {
  acme: [
    {
      id: '9001',
      title: 'Place your first order',
      description: 'Five minutes, with a test key',
      collection: 'Getting started',
      author: 'priya',
      at: '2024-02-21T09:00',
      changed: '2026-09-14T08:20',
      text: [
        'Make a test key under Settings, API keys. Test orders are never shipped.',
        'Send the lines of your order and the address. You get the order back with its number.',
      ],
    },
    {
      id: '9002',
      title: 'Invite your team',
      description: 'Roles and what they may do',
      collection: 'Getting started',
      author: 'priya',
      at: '2024-03-02T09:00',
      changed: '2025-12-01T10:11',
      text: ['Owners invite people and choose their role. Members see orders, admins also see invoices.'],
    },
    {
      id: '9003',
      title: 'Cancel or change an order',
      description: 'Until it is packed',
      collection: 'Orders',
      author: 'sam',
      at: '2024-04-15T09:00',
      changed: '2026-10-07T15:45',
      text: [
        'An order can be changed until it is packed, and cancelled until it has left the warehouse.',
        'Afterwards it is a return: see How returns work.',
      ],
    },
    {
      id: '9004',
      title: 'How returns work',
      description: 'Labels, refunds and how long they take',
      collection: 'Orders',
      author: 'dana',
      at: '2024-05-06T09:00',
      changed: '2026-08-25T11:30',
      text: ['The label is in the order. Refunds are made within three working days of the parcel’s arrival.'],
    },
    {
      id: '9005',
      title: 'Idempotency keys',
      description: 'Required for POST /orders since 17 November 2026',
      collection: 'Errors',
      author: 'sam',
      at: '2026-11-12T09:10',
      changed: '2026-11-17T09:40',
      text: [
        'Send an Idempotency-Key with every order you create. Without one the answer is 400.',
        'The same key within 24 hours gives the same order back and never makes a second one.',
      ],
    },
    {
      id: '9006',
      title: 'Webhooks are retried with backoff',
      description: 'Five attempts, with jitter',
      collection: 'API and webhooks',
      author: 'sam',
      at: '2025-06-18T09:00',
      changed: '2026-11-16T08:10',
      text: [
        'A delivery that your server does not answer with 2xx is tried again, five times in all, with exponential backoff and jitter.',
        'The signature stays the same: check it over the raw body.',
      ],
    },
    {
      id: '9007',
      title: 'Cursors replace page numbers',
      description: 'Reading long lists of orders',
      collection: 'API and webhooks',
      author: 'lee',
      at: '2026-11-05T09:00',
      changed: '2026-11-11T08:25',
      text: ['Lists answer with a cursor. Send it as cursor to go on; page numbers work until March 2027.'],
    },
    {
      id: '9008',
      title: 'Rate limits',
      description: 'How many requests a minute',
      collection: 'API and webhooks',
      author: 'sam',
      at: '2024-07-22T09:00',
      changed: '2026-03-19T13:00',
      text: ['600 requests a minute for each key. Beyond that the answer is 429 with Retry-After.'],
    },
    {
      id: '9009',
      title: 'Carriers we work with',
      description: '',
      collection: 'Orders',
      author: 'dana',
      at: '2025-02-10T09:00',
      changed: '2026-06-30T09:05',
      text: ['Parcels go with the carrier that is fastest for the address; you can fix one in the order.'],
    },
    {
      id: '9010',
      title: 'Dark mode of the web client',
      description: 'Not announced yet',
      author: 'priya',
      at: '2026-11-18T14:00',
      changed: '2026-11-20T16:30',
      isDraft: true,
      text: ['Choose Appearance in your profile. Charts keep their colours.'],
    },
    {
      id: '9011',
      title: 'Payouts move to the new ledger',
      description: 'Draft for finance',
      author: 'dana',
      at: '2026-11-13T10:00',
      changed: '2026-11-19T09:20',
      isDraft: true,
      text: ['From 1 December payouts are listed by day. Nothing changes in what is paid.'],
    },
  ],
  globex: [
    {
      id: '9501',
      title: 'Install the telemetry agent',
      description: 'Linux and containers',
      collection: 'Telemetry agent',
      author: 'sam',
      at: '2025-09-12T09:00',
      changed: '2026-10-20T10:00',
      text: ['One binary without dependencies. Give it the endpoint and a key.'],
    },
  ],
}
