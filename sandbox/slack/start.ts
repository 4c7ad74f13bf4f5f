import type { World } from '#sandbox/provider.ts'
import { conversations, type Said } from './conversations-data.ts'
import { type StartChannel, workspaces } from './data.ts'
import { type Channel, type Message, newTs, type Person, type State, startSettings } from './state.ts'

/** The simulated Slack before anything happened to it. */
export function startState(world: World): State {
  return {
    world,
    settings: startSettings(),
    workspaces: workspaces().map(({ start, ...workspace }) => ({
      ...workspace,
      channels: start.map((channel) => startChannel(channel, workspace.people, start)),
    })),
    installations: new Map(),
    tokens: new Map(),
    codes: new Map(),
    requests: new Map(),
    used: new Map(),
    limits: new Map(),
    posts: new Map(),
    nextId: 100_000,
  }
}

function startChannel(start: StartChannel, people: readonly Person[], all: readonly StartChannel[]): Channel {
  const idOf = (login: string): string => people.find((person) => person.login === login)?.id ?? 'USLACKBOT'
  const [creator = 'slackbot'] = start.members
  const createdMs = Date.parse(start.createdAt)
  const channel: Channel = {
    id: start.id,
    name: start.name,
    formerNames: start.formerNames ?? [],
    isPrivate: start.isPrivate ?? false,
    isArchived: start.isArchived ?? false,
    isGeneral: start.isGeneral ?? false,
    topic: start.topic,
    purpose: start.purpose,
    creator: idOf(creator),
    createdAt: createdMs / 1000,
    updatedAt: createdMs,
    members: start.members.map(idOf),
    messages: [],
  }
  const mention = (text: string): string =>
    text
      .replace(/<@(\w+)>/g, (_all, login: string) => `<@${idOf(login)}>`)
      .replace(/<#([\w-]+)>/g, (_all, name: string) => `<#${all.find((one) => one.name === name)?.id ?? name}|${name}>`)
  const message = ([at, login, text]: Said): Message => ({
    ts: newTs(channel, Date.parse(`${at}Z`) + text.length / 1000),
    user: idOf(login),
    text: mention(text),
    threadTs: null,
    bot: botOf(people, login),
    more: {},
  })
  for (const said of conversations[start.id] ?? []) addThread(channel, said, message)
  return channel
}

function botOf(people: readonly Person[], login: string): Message['bot'] {
  const bot = people.find((person) => person.isBot && person.login === login)
  return bot ? { id: `B${bot.id.slice(1)}`, appId: `A${bot.id.slice(1)}`, name: bot.name } : null
}

function addThread(channel: Channel, said: Said, message: (said: Said) => Message): void {
  const parent = message(said)
  channel.messages.push(parent)
  for (const one of said[3] ?? []) {
    parent.threadTs = parent.ts
    channel.messages.push({ ...message(one), threadTs: parent.ts })
  }
}
