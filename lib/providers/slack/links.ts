import { isChannel, type MessageName, messageId } from './ids.ts'

const isSlack = ({ protocol, host }: URL): boolean =>
  /^https?:$/.test(protocol) && /^(?:[a-z\d-]+\.)?slack\.com$/.test(host)

/** The segments of a link behind /archives; null when it leads elsewhere. */
function insideArchives(url: URL): string[] | null {
  const [first, ...rest] = url.pathname.split('/').filter(Boolean)
  return isSlack(url) && first === 'archives' ? rest : null
}

/** acme.slack.com/archives/C012AB3CD */
export function channelLink(url: URL): string | null {
  const [channel = '', ...rest] = insideArchives(url) ?? []
  return rest.length === 0 && isChannel(channel) ? channel : null
}

/**
 * acme.slack.com/archives/C012AB3CD/p1512085950000216: the last segment is the `ts` without its dot, behind ten digits of
 * seconds; an answer in a thread names that thread (docs.slack.dev/reference/methods/chat.getPermalink).
 */
export function messageLink(url: URL): string | null {
  const [channel = '', name = '', ...rest] = insideArchives(url) ?? []
  const [, seconds, fraction] = /^p(\d{10})(\d{1,6})$/.exec(name) ?? []
  if (rest.length > 0 || !seconds || !fraction) return null
  const thread = url.searchParams.get('thread_ts')
  return messageId({ channel, ts: `${seconds}.${fraction}`, ...(thread === null ? {} : { thread }) })
}

/** The address of a channel in a workspace, whose own address has no slash at its end. */
export const channelUrl = (workspace: string, channel: string): string => `${workspace}/archives/${channel}`

/** The address of a message, as Slack writes it. */
export function messageUrl(workspace: string, { channel, ts, thread }: MessageName): string {
  const address = `${channelUrl(workspace, channel)}/p${ts.replace('.', '')}`
  return thread === undefined || thread === ts ? address : `${address}?thread_ts=${thread}&cid=${channel}`
}
