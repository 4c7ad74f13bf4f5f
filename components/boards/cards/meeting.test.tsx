import { expect, test } from 'vitest'
import { draw, thing, words } from '#tests/support/drawn-card.tsx'

const meeting = (body: Record<string, unknown>) => thing('meeting', body)
const held = '2020-11-16T09:00:00Z'

test('a meeting that is over says when it was, how long, who came and where its recording is', () => {
  const over = {
    starts: '2020-11-16T09:00:00Z',
    held,
    minutes: 45,
    participants: 3,
    names: ['Jon Pell', 'rui@lathe.example'],
    host: 'jon@lathe.example',
    recording: 'ready',
    recordingUrl: 'https://zoom.us/rec/play/x',
  }
  const drawn = words(meeting(over), 'M')
  for (const said of ['16 Nov 2020', '45 min', '3 participants', 'Jon Pell, rui', 'Recording (opens in a new tab)'])
    expect(drawn).toContain(said)
  expect(drawn).not.toContain('@')
  expect(draw(meeting(over), 'M')).toContain('href="https://zoom.us/rec/play/x"')
  expect(words(meeting(over), 'S')).not.toContain('Jon')
})

test('a recording that the plan does not have is told apart from one that nobody made', () => {
  expect(words(meeting({ held, recording: 'not_on_plan' }), 'M')).toContain('Recordings are not on this plan')
  expect(words(meeting({ held, recording: 'none' }), 'M')).toContain('No recording')
  expect(words(meeting({}), 'M')).toContain('No fixed time')
})

test('a recording lists its files as links, and says what there is of a transcript', () => {
  const files = [
    { name: 'Video', url: 'https://zoom.us/rec/play/v' },
    { name: 'Chat', url: '' },
  ]
  const one = thing('recording', { held, minutes: 44, files, transcript: 'not_ready' })
  expect(words(one, 'M')).toContain('Video (opens in a new tab)')
  expect(words(one, 'M')).not.toContain('Chat')
  expect(words(one, 'M')).toContain('Transcript is being made')
  expect(words(one, 'S')).not.toContain('Video')
})
