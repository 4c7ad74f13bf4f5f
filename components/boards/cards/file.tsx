import { cx } from 'class-variance-authority'
import { bodyOf, numberIn, textIn, textsIn } from './body.ts'
import type { BodyProps } from './parts.tsx'
import { Footer } from './parts.tsx'
import { When } from './when.tsx'

const omissions: Readonly<Record<string, string>> = {
  binary: 'Not a text file.',
  too_large: 'Too large to show here.',
  symlink: 'A link to another file.',
  submodule: 'Another repository, at one commit.',
}

const lineNumbers = (first: number, count: number): string =>
  count > 1 ? `lines ${first}–${first + count - 1}` : `line ${first}`

/** Twelve lines of a file. What does not fit can be scrolled to, by keyboard too. */
export function File({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [path, ref, commit] = [textIn(body, 'path'), textIn(body, 'ref'), textIn(body, 'commit')]
  const firstLine = numberIn(body, 'firstLine') ?? 1
  const lines = textsIn(body, 'lines')
  const omitted = omissions[textIn(body, 'omitted')]
  const shown = lines.length > 0 && size !== 'S'
  return (
    <>
      {omitted && size !== 'S' && <p className="text-ink-2">{omitted}</p>}
      {shown && (
        <div className="min-h-24 flex-1 basis-0 [container-type:size]">
          {/* biome-ignore lint/a11y/useSemanticElements: a landmark for each file would be too many; a group has a name too */}
          <pre
            role="group"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller has to be reachable by keyboard (WCAG 2.1.1)
            tabIndex={0}
            aria-label={`${path}, ${lineNumbers(firstLine, lines.length)}`}
            className={cx(
              // a border instead of padding, under which half a line would show
              'overflow-auto overscroll-contain rounded-badge border-inset border-y-6 bg-inset px-2 font-mono text-small -outline-offset-2',
              'max-h-[calc(round(down,100cqb-0.75rem,1.125rem)+0.75rem)]', // as many whole lines as there is room for
            )}
          >
            {lines.join('\n')}
          </pre>
        </div>
      )}
      <Footer
        parts={[
          firstLine > 1 && lines.length > 0 && lineNumbers(firstLine, lines.length),
          ref,
          commit.slice(0, 7) && (
            <code key="commit" className="font-mono">
              {commit.slice(0, 7)}
            </code>
          ),
          resource.updatedAt && <When key="updated" at={resource.updatedAt} />,
        ]}
      />
    </>
  )
}
