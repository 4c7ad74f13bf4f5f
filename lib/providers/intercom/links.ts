import { articleId, contactId, conversationId } from './ids.ts'

const isWeb = ({ protocol, port }: URL): boolean => /^https?:$/.test(protocol) && port === ''
/** The inbox and everything else that teammates see, in each region. */
const isApp = (url: URL): boolean => isWeb(url) && /^app\.(?:(?:eu|au)\.)?intercom\.com$/.test(url.hostname)
const isHelp = (url: URL): boolean => isWeb(url) && url.hostname === 'intercom.help'

/** app.intercom.com/a/inbox/{workspace}/inbox/conversation/{id}, also behind the folder it was opened in. */
export function conversationLink(url: URL): string | null {
  const [, workspace = '', number = ''] =
    /^\/a\/(?:inbox|apps)\/(\w+)\/(?:[\w-]+\/)*conversations?\/(\d+)\/?$/.exec(url.pathname) ?? []
  return isApp(url) ? conversationId(workspace, number) : null
}

/** app.intercom.com/a/apps/{workspace}/users/{id}, with or without the tab that was open. */
export function contactLink(url: URL): string | null {
  const [, workspace = '', name = ''] = /^\/a\/apps\/(\w+)\/users\/(\w+)(?:\/[\w-]*)?$/.exec(url.pathname) ?? []
  return isApp(url) ? contactId(workspace, name) : null
}

const PUBLISHED = /^\/([\w-]+)\/(?:[\w-]+\/)?articles\/(\d+)(?:-[^/]*)?\/?$/
const EDITED = /^\/a\/apps\/(\w+)\/articles\/articles\/(\d+)(?:\/\w*)?$/

/** intercom.help/{help center}/en/articles/{id}-title, or where it is written. A help center on a host of its own is not known. */
export function articleLink(url: URL): string | null {
  if (isApp(url)) {
    const [, workspace = '', number = ''] = EDITED.exec(url.pathname) ?? []
    return articleId(`~${workspace}`, number)
  }
  const [, helpCenter = '', number = ''] = PUBLISHED.exec(url.pathname) ?? []
  return isHelp(url) ? articleId(helpCenter, number) : null
}

/** The help center in an article's own address, wherever that is; null on a host of the help center's own. */
export function helpCenterIn(address: string): string | null {
  const segments = URL.parse(address)?.pathname.split('/') ?? []
  return segments[segments.lastIndexOf('articles') - 2] || null
}

/** The address of a conversation, as teammates open it. */
export const conversationUrl = (web: string, workspace: string, number: string): string =>
  `${web}/a/inbox/${workspace}/inbox/conversation/${number}`

/** As conversationUrl, of a contact. */
export const contactUrl = (web: string, workspace: string, name: string): string =>
  `${web}/a/apps/${workspace}/users/${name}`
