/** Text as it is, moved sideways and down where it is long; `label` says what it is. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  const scroller = { role: 'region', 'aria-label': label, tabIndex: 0 } // what scrolls is reached by the keyboard (WCAG 2.1.1)
  return (
    <div {...scroller} className="max-h-96 overflow-auto rounded-control border border-line bg-inset p-3">
      <pre className="font-mono text-small">{text}</pre>
    </div>
  )
}
