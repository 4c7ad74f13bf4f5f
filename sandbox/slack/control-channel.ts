import { Refused } from '#sandbox/provider.ts'
import type { Parsed } from './control-input.ts'
import { addMember } from './conversations.ts'
import { type Channel, channelOf, newId, newTs, personOf, type State, type Workspace } from './state.ts'

type Wanted = Pick<Parsed<'channel'>, 'name'> & Partial<Parsed<'channel'>>

/** Makes a channel, or changes the one with this name. */
export function setChannel(state: State, workspace: Workspace, wanted: Wanted): Channel {
  const nowMs = state.world.clock.now()
  const known = workspace.channels.find(({ name }) => name === wanted.name)
  const channel = known ?? newChannel(state, workspace, wanted.name, nowMs)
  if (!known) workspace.channels.push(channel)
  if (wanted.renameTo !== undefined) {
    channel.formerNames = [channel.name, ...channel.formerNames]
    channel.name = wanted.renameTo
  }
  channel.isPrivate = wanted.private ?? channel.isPrivate
  channel.isArchived = wanted.archived ?? channel.isArchived
  channel.topic = wanted.topic ?? channel.topic
  channel.purpose = wanted.purpose ?? channel.purpose
  channel.members = wanted.members?.map((login) => idOf(workspace, login)) ?? channel.members
  channel.updatedAt = Math.floor(nowMs)
  for (const message of wanted.messages ?? []) addMessage(workspace, channel, message, nowMs)
  return channel
}

const idOf = (workspace: Workspace, login: string): string => {
  const person = personOf(workspace, login)
  if (person) return person.id
  throw new Refused(`nobody called ${login} in ${workspace.domain}`)
}

function newChannel(state: State, workspace: Workspace, name: string, nowMs: number): Channel {
  const creator = workspace.people[0]?.id ?? 'USLACKBOT'
  return {
    id: newId(state, 'C'),
    name,
    formerNames: [],
    isPrivate: false,
    isArchived: false,
    isGeneral: false,
    topic: '',
    purpose: '',
    creator,
    createdAt: Math.floor(nowMs / 1000),
    updatedAt: Math.floor(nowMs),
    members: [creator],
    messages: [],
  }
}

type Wording = NonNullable<Wanted['messages']>[number]

function addMessage(workspace: Workspace, channel: Channel, { user, text, at, thread }: Wording, nowMs: number): void {
  const parent = thread === undefined ? null : channel.messages.find(({ ts }) => ts === thread)
  if (parent === undefined) throw new Refused(`no message ${thread} in ${channel.name}`)
  if (parent) parent.threadTs = parent.ts
  const ts = newTs(channel, at === undefined ? nowMs : Date.parse(at))
  channel.messages.push({ ts, user: idOf(workspace, user), text, threadTs: parent?.ts ?? null, bot: null, more: {} })
}

function knownChannel(workspace: Workspace, key: string): Channel {
  const channel = channelOf(workspace, key)
  if (channel) return channel
  throw new Refused(`no channel ${key} in ${workspace.domain}`)
}

/** Deletes a channel. */
export function removeChannel(workspace: Workspace, key: string): void {
  const gone = knownChannel(workspace, key)
  workspace.channels = workspace.channels.filter((channel) => channel !== gone)
}

/** Puts the app's bot into a channel, or takes it out. */
export function setMembership(state: State, workspace: Workspace, key: string, isIn: boolean): void {
  const channel = knownChannel(workspace, key)
  const bot = state.installations.get(workspace.id)?.botUserId
  if (bot === undefined) throw new Refused(`the app is not in ${workspace.domain}`)
  if (isIn && !channel.members.includes(bot)) addMember(channel, bot, state.world.clock.now())
  if (!isIn) channel.members = channel.members.filter((id) => id !== bot)
}
