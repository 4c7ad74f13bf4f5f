/** A customer: name (or null), e-mail address (or null), the day they came, and where they are. `key` names them in the data. */
export type StartContact = {
  key: string
  name: string | null
  email: string | null
  since: string
  role?: 'user' | 'lead'
  place?: readonly [city: string, country: string]
  phone?: string
  owner?: string
  mergedInto?: string
}

/** Who writes to whom, by workspace. */
export const people: Readonly<Record<string, readonly StartContact[]>> = {
  acme: [
    {
      key: 'mira',
      name: 'Mira Lindqvist',
      email: 'mira@fjordgoods.example',
      since: '2024-06-03T08:10',
      place: ['Gothenburg', 'Sweden'],
      owner: 'sam',
    },
    {
      key: 'tomas',
      name: 'Tomás Herrera',
      email: 'tomas@lacasadelpapel.example',
      since: '2024-09-17T11:42',
      place: ['Valencia', 'Spain'],
    },
    {
      key: 'aiko',
      name: 'Aiko Tanabe',
      email: 'aiko@tanabe-ceramics.example',
      since: '2025-01-22T02:05',
      place: ['Kyoto', 'Japan'],
      phone: '+81755550143',
    },
    {
      key: 'femi',
      name: 'Femi Adeyemi',
      email: 'femi@lagosprints.example',
      since: '2025-03-09T09:31',
      place: ['Lagos', 'Nigeria'],
      owner: 'sam',
    },
    {
      key: 'ruth',
      name: 'Ruth Calder',
      email: 'ruth@calderbooks.example',
      since: '2025-04-28T14:00',
      place: ['Edinburgh', 'United Kingdom'],
    },
    {
      key: 'jonas',
      name: 'Jonas Weber',
      email: 'jonas@radwerk.example',
      since: '2025-08-14T07:20',
      place: ['Leipzig', 'Germany'],
      owner: 'dana',
    },
    {
      key: 'noor',
      name: 'Noor Haddad',
      email: 'noor@spicelane.example',
      since: '2025-11-30T16:45',
      place: ['Amman', 'Jordan'],
    },
    {
      key: 'clara',
      name: 'Clara Dupont',
      email: 'clara@atelierdupont.example',
      since: '2026-02-11T10:05',
      place: ['Lyon', 'France'],
    },
    { key: 'ivan', name: 'Ivan Petrov', email: 'ivan@northwool.example', since: '2026-05-19T12:12' },
    {
      key: 'grace',
      name: 'Grace Mbeki',
      email: 'grace@capetea.example',
      since: '2026-07-02T06:30',
      place: ['Cape Town', 'South Africa'],
    },
    { key: 'visitor', name: null, email: null, since: '2026-11-19T20:14', role: 'lead' },
    { key: 'lead', name: null, email: 'hello@paperboat.example', since: '2026-11-20T13:37', role: 'lead' },
    {
      key: 'mira-old',
      name: 'Mira L.',
      email: 'mira.l@mail.example',
      since: '2024-05-30T19:02',
      role: 'lead',
      mergedInto: 'mira',
    },
  ],
  globex: [
    {
      key: 'otto',
      name: 'Otto Brandt',
      email: 'otto@windmess.example',
      since: '2025-10-06T08:00',
      place: ['Husum', 'Germany'],
    },
    { key: 'lena', name: 'Lena Fischer', email: 'lena@hydrosens.example', since: '2026-01-15T09:15' },
  ],
  'acme-au': [
    {
      key: 'kirra',
      name: 'Kirra Walsh',
      email: 'kirra@saltbush.example',
      since: '2026-05-20T23:40',
      place: ['Perth', 'Australia'],
    },
  ],
}
