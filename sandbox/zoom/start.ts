import type { World } from '#sandbox/provider.ts'
import { acmeMeetings } from './data/acme.ts'
import { otherMeetings } from './data/others.ts'
import { accounts, people } from './data.ts'
import { addStartMeeting } from './grow.ts'
import { type State, startSettings } from './state.ts'

/** The simulated Zoom before anything happened to it. */
export function startState(world: World): State {
  const state: State = {
    world,
    settings: startSettings(),
    accounts: accounts(),
    people: people(),
    meetings: [],
    accessTokens: new Map(),
    refreshTokens: new Map(),
    downloadTokens: new Map(),
    codes: new Map(),
    requests: new Map(),
    pageTokens: new Map(),
    windows: new Map(),
    validatedAt: world.clock.now(),
    nextId: 0,
  }
  for (const meeting of [...acmeMeetings, ...otherMeetings]) addStartMeeting(state, meeting)
  return state
}
