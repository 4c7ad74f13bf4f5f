const HEIGHT = 24
const BAR = 3
const STEP = 4
const whole = new Intl.NumberFormat('en')

/** The counts of a day, an hour each, in words. */
function inWords(counts: readonly number[], direction: string): string {
  const sum = counts.reduce((all, one) => all + one, 0)
  const told = `Last ${counts.length} hours: ${whole.format(sum)} events, at most ${whole.format(Math.max(...counts))} an hour`
  return direction ? `${told}, ${direction}` : told
}

/** Events an hour, the oldest first, as bars; to be heard as a sentence. The colour is that of the text around it. */
export function Trend({ counts, direction }: { counts: readonly number[]; direction: string }) {
  const most = Math.max(...counts)
  if (counts.length < 2 || most <= 0) return null
  return (
    <svg
      role="img"
      aria-label={inWords(counts, direction)}
      viewBox={`0 0 ${counts.length * STEP - (STEP - BAR)} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-5 w-0 min-w-12 max-w-32 flex-1 text-off-icon"
    >
      {counts.map((count, hour) => {
        // what happened at all is seen
        const height = count > 0 ? Math.max(2, (count / most) * HEIGHT) : 0.5
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its hour
        return <rect key={hour} x={hour * STEP} y={HEIGHT - height} width={BAR} height={height} fill="currentColor" />
      })}
    </svg>
  )
}
