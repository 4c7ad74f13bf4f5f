import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { BarePage } from '#components/shell/bare-page.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { readMails } from '#lib/platform/mailbox.ts'

export const metadata: Metadata = { title: 'Mail' }

/** Without a mail server, in embedded mode: what would have been sent. */
export default async function MailPage() {
  await connection()
  const mails = await readMails()
  if (!mails) notFound()
  return (
    <BarePage>
      <PageHeader title="Mail" sub="Mails that were kept here instead of sent, the newest first." />
      {mails.length === 0 ? (
        <EmptyState title="No mail yet">Sign up, reset a password or invite somebody.</EmptyState>
      ) : (
        <Panel as="ul">
          {mails.map(({ name, to, subject, sentAt, text }) => (
            <li key={name}>
              <article className="grid grid-cols-1 gap-1 px-4 py-3">
                <h2 className="font-semibold">{subject}</h2>
                <p className="font-[family-name:monospace] text-ink-2 text-small wrap-anywhere">
                  To {to}, {sentAt}
                </p>
                {/* the browser's own letters: addresses of any length do not wrap anew when a web font comes */}
                <p className="font-[family-name:monospace] whitespace-pre-wrap wrap-anywhere">
                  {text.split(/(https?:\/\/\S+)/).map((part, n) =>
                    n % 2 === 1 ? (
                      <a key={part} className="link" href={part}>
                        {part}
                      </a>
                    ) : (
                      part
                    ),
                  )}
                </p>
              </article>
            </li>
          ))}
        </Panel>
      )}
    </BarePage>
  )
}
