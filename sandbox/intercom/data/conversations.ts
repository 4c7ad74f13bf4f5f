import type { ConversationState, Part, Priority } from '#sandbox/intercom/state.ts'

/** What came after the first words: when, by whom (a teammate, the customer's key, `fin`), what, and as which kind of part. */
type StartPart = readonly [at: string, who: string, text: string | null, type?: Part['type']]
export type StartConversation = {
  id: string
  from: string
  at: string
  text: string
  title?: string
  subject?: string
  isEmail?: boolean
  state?: ConversationState
  assignee?: string
  priority?: Priority
  tags?: readonly string[]
  parts?: readonly StartPart[]
}

/** What customers and teammates said to each other, by workspace. `<` and `&` need not be escaped. */
export const conversations: Readonly<Record<string, readonly StartConversation[]>> = {
  acme: [
    {
      id: '48201',
      from: 'mira',
      at: '2026-11-17T11:02',
      title: '400 on every new order',
      assignee: 'sam',
      priority: 'urgent',
      tags: ['api', 'incident'],
      text: 'Since this morning every POST /orders answers 400. Nothing changed on our side. We lose orders right now.',
      parts: [
        ['2026-11-17T11:06', 'sam', null, 'assignment'],
        [
          '2026-11-17T11:09',
          'sam',
          'Hi Mira, POST /orders requires an Idempotency-Key since 09:30. Can you send one? The article has the details.',
        ],
        [
          '2026-11-17T11:15',
          'sam',
          'They run web client 4.1, which sends none. Ask Priya for the date of 4.2 for resellers.',
          'note',
        ],
        ['2026-11-17T11:31', 'mira', 'That works. Which release of your client sends them by itself?'],
        ['2026-11-20T08:44', 'mira', 'Any news? We would like to drop our patch.'],
      ],
    },
    {
      id: '48202',
      from: 'tomas',
      at: '2026-11-18T09:20',
      title: 'Refund of a returned parcel',
      state: 'closed',
      assignee: 'dana',
      tags: ['returns'],
      text: 'The return of order 20611 arrived on Thursday, the refund did not. When will it come?',
      parts: [
        ['2026-11-18T09:21', 'fin', 'Refunds are made within three working days of the parcel’s arrival.'],
        ['2026-11-18T10:02', 'dana', 'Hello Tomás, it was booked today and will be on your account tomorrow.'],
        ['2026-11-19T15:47', 'tomas', 'It is there, thank you.'],
        ['2026-11-19T15:50', 'dana', null, 'close'],
      ],
    },
    {
      id: '48203',
      from: 'aiko',
      at: '2026-11-19T02:30',
      title: 'Webhooks arrive twice',
      assignee: 'sam',
      priority: 'high',
      tags: ['api', 'webhooks'],
      text: 'We receive the webhook order.shipped twice since the weekend. Is this the new backoff?',
      parts: [
        [
          '2026-11-19T08:12',
          'sam',
          'It is: your server answers after 11 seconds and we wait 10. Answer first, work later, and it stops.',
        ],
        ['2026-11-20T01:05', 'aiko', 'Understood. We will move the work to a queue.'],
      ],
    },
    {
      id: '48204',
      from: 'femi',
      at: '2026-11-20T07:55',
      title: 'Invoice for October',
      isEmail: true,
      subject: 'Invoice for October',
      assignee: 'dana',
      text: 'Good morning, could you send the invoice for October again? The link has expired.',
      parts: [
        ['2026-11-20T09:10', 'dana', 'Good morning Femi, it is attached. The link in your account works again too.'],
      ],
    },
    {
      id: '48205',
      from: 'ruth',
      at: '2026-11-16T13:18',
      title: 'Change the address of an order',
      state: 'closed',
      assignee: 'sam',
      tags: ['orders'],
      text: 'Can I change the address of an order that is not packed yet?',
      parts: [
        [
          '2026-11-16T13:19',
          'fin',
          'Yes: an order can be changed until it is packed. Open it and choose Change address.',
        ],
        ['2026-11-16T13:25', 'ruth', 'Found it, thanks.'],
        ['2026-11-16T13:40', 'sam', null, 'close'],
      ],
    },
    {
      id: '48206',
      from: 'jonas',
      at: '2026-11-20T15:02',
      title: 'Cursors and old page numbers',
      priority: 'medium',
      tags: ['api'],
      text: 'How long do page numbers keep working? We have 40 scripts that use them & no time before Christmas.',
    },
    {
      id: '48207',
      from: 'noor',
      at: '2026-11-12T18:40',
      title: 'Carrier lost a parcel',
      state: 'snoozed',
      assignee: 'dana',
      tags: ['carriers'],
      text: 'Parcel 77-1024 has not moved for nine days. Can you ask the carrier?',
      parts: [
        ['2026-11-13T08:30', 'dana', 'We opened a search. It takes up to ten days; I write as soon as I know more.'],
        ['2026-11-13T08:31', 'dana', null, 'snoozed'],
      ],
    },
    {
      id: '48208',
      from: 'clara',
      at: '2026-11-10T10:11',
      title: 'Prices with and without tax',
      state: 'closed',
      assignee: 'priya',
      text: 'Our shop shows prices without tax to people in France. Where can we change that?',
      parts: [
        [
          '2026-11-10T12:00',
          'priya',
          'Under Settings, Display. It was a fault of ours that the field was hidden, it is back.',
        ],
        ['2026-11-10T12:34', 'clara', 'Merci!'],
        ['2026-11-10T12:35', 'priya', null, 'close'],
      ],
    },
    {
      id: '48209',
      from: 'grace',
      at: '2026-11-20T18:26',
      title: 'Orders are slow today',
      priority: 'high',
      tags: ['incident'],
      text: 'The list of orders takes 20 seconds to load since noon. Is something broken?',
    },
    {
      id: '48210',
      from: 'visitor',
      at: '2026-11-19T20:14',
      text: 'do you ship to norway?',
      parts: [['2026-11-19T20:14', 'fin', 'Yes, to all of Europe. Norway takes four to six working days.']],
    },
    {
      id: '48211',
      from: 'lead',
      at: '2026-11-20T13:37',
      title: 'Trial for a small shop',
      isEmail: true,
      subject: 'Trial?',
      text: 'We sell about 30 orders a month. Is there a plan for that, or a trial?',
    },
    {
      id: '48212',
      from: 'ivan',
      at: '2026-10-29T09:09',
      title: 'Exporting orders',
      state: 'closed',
      assignee: 'sam',
      tags: ['orders'],
      text: 'How do we export all orders of a year as CSV?',
      parts: [
        ['2026-10-29T09:30', 'sam', 'Orders, Export. For more than 50,000 lines you get a mail with the file.'],
        ['2026-10-29T10:12', 'sam', null, 'close'],
      ],
    },
  ],
  globex: [
    {
      id: '61001',
      from: 'otto',
      at: '2026-11-18T07:44',
      title: 'Agent stops at midnight',
      assignee: 'sam',
      tags: ['agent'],
      text: 'The agent stops sending at midnight UTC and starts again when it is restarted.',
      parts: [['2026-11-18T09:00', 'sam', 'That was the rotation of the log file. 1.8.2 has the mend, out today.']],
    },
    {
      id: '61002',
      from: 'lena',
      at: '2026-11-20T10:31',
      title: 'Sensors behind a proxy',
      text: 'Does the agent work behind a proxy that wants a password?',
    },
  ],
  'acme-au': [
    { id: '72001', from: 'kirra', at: '2026-11-20T03:12', title: 'Billing in AUD', text: 'Can we be billed in AUD?' },
  ],
}
