import { isMeeting } from './ids.ts'

const isZoom = ({ protocol, host }: URL): boolean =>
  /^https?:$/.test(protocol) && /^(?:[a-z\d-]+\.)?zoom\.us$/.test(host)

/** us02web.zoom.us/j/84410012345?pwd=..., zoom.us/s/..., zoom.us/w/..., zoom.us/meeting/84410012345 */
export function meetingLink(url: URL): string | null {
  const [first = '', id = '', ...rest] = url.pathname.split('/').filter(Boolean)
  return isZoom(url) && ['j', 's', 'w', 'meeting'].includes(first) && rest.length === 0 && isMeeting(id) ? id : null
}

/** Where a meeting is joined, without the passcode that an address carries. */
export function joinUrl(address: string | undefined, id: string): string {
  const url = address === undefined ? null : URL.parse(address)
  return url ? `${url.origin}${url.pathname}` : `https://zoom.us/j/${id}`
}
