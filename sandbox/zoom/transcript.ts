const CUE_SECONDS = 7

const clock = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')

/** WebVTT as Zoom writes it (w3.org/TR/webvtt1): numbered cues, who speaks before what they say. `lines` are `Name: words`. */
export function transcriptText(lines: readonly string[]): string {
  const cues = lines.map((line, index) => {
    const [start, end] = [index * CUE_SECONDS + 3, (index + 1) * CUE_SECONDS + 2]
    return `${index + 1}\r\n${clock(start)}.120 --> ${clock(end)}.480\r\n${line}\r\n`
  })
  return ['WEBVTT\r\n', ...cues].join('\r\n')
}

/** What was written in a meeting, each line with its time. */
export const chatText = (lines: readonly string[]): string =>
  lines.map((line, index) => `${clock((index + 1) * 190)}\t ${line}\r\n`).join('')
