/** Words in which names stand between backticks. */
export function WithCode({ text }: { text: string }) {
  return text.split('`').map((part, at) =>
    at % 2 === 1 ? (
      <code key={part} className="font-mono">
        {part}
      </code>
    ) : (
      part
    ),
  )
}

/** The same for where only words can stand. */
export const withoutCode = (text: string): string => text.replaceAll('`', '')
