import { expect, test } from 'vitest'
import { agendaText } from './agenda.ts'

const invitation = [
  'Jon Pell is inviting you to a scheduled Zoom meeting.',
  'https://us05web.zoom.us/j/84410012345?pwd=n0tReal.1',
  'Meeting ID: 844 1001 2345',
  'Passcode: 4711ab',
]

test.each([
  ['Stones, water, patience', 'Stones, water, patience'],
  ['Pin the date.\nAsk ines@lathe.example for the film', 'Pin the date.\nAsk [e-mail address] for the film'],
  [
    ['Who sharpens what', ...invitation].join('\r\n'),
    'Who sharpens what\r\nJon Pell is inviting you to a scheduled Zoom meeting.',
  ],
  [['Kommt!', 'Kenncode', '4711ab'].join('\n'), 'Kommt!'],
  ['Código de acceso: 4711ab', ''],
  ['パスコード: 4711ab', ''],
  ['acme.zoom.us/my/jon 4711ab', ''],
  ['Kommt!\nZugangscode: 552211', 'Kommt!'],
  ['Come!\nAccess code: 552211', 'Come!'],
  ['Come!\nPIN: 552211', 'Come!'],
  ['Come!\nThe pin code is 552211', 'Come!'],
  ['Come!\nPIN\r\n552211', 'Come!'],
  ['Come!\n+13017158592,,12345678901#,,,,*552211# US', 'Come!'],
  ['Come!\nMeeting ID: 844 1001 2345\n552211', 'Come!'],
  ['Pin 3 posters, wait,, and pin them again', 'Pin 3 posters, wait,, and pin them again'],
  [undefined, ''],
])('of the agenda %j is shown %j', (agenda, shown) => {
  expect(agendaText(agenda)).toBe(shown)
})

test('an agenda of any length takes no time', () => {
  expect(agendaText('a'.repeat(5_000_000)).length).toBeLessThan(5_000)
})
