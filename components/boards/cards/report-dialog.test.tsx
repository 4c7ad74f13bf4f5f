import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { ReportForm, ResourceView } from '#lib/resources/schema.ts'
import { ReportDialog } from './report-dialog.tsx'

const resource: ResourceView = {
  provider: 'logrocket',
  connectionId: 'c',
  kind: 'session',
  id: 's',
  title: 'Session 1',
  url: 'https://app.logrocket.com/acme/web/s/1/0',
  body: {},
}
const form: ReportForm = {
  name: 'highlights',
  about: 'What happened.',
  fields: [{ name: 'who', label: 'Whose sessions', optional: false }],
}
const nothing = () => undefined

type Written = NonNullable<Parameters<typeof ReportDialog>[0]['report']>
const draw = (state: Written['state'], isGone = false): string =>
  renderToStaticMarkup(
    <ReportDialog
      {...{ org: 'acme', resource, form, title: 'Highlights', onOrdered: nothing, onLook: nothing, onClose: nothing }}
      report={{ state, problem: null, isGone, text: 'Nora left.' }}
    />,
  )

test.each(['ready', 'stopped', 'failed'] as const)('from what is %s another can be asked for', (state) => {
  expect(draw(state)).toContain('Ask again')
})

test('while it is being written no other is asked for', () => {
  expect(draw('pending')).not.toContain('Ask again')
})

test('what is not found is not said to be safe', () => {
  expect(draw('stopped')).toContain('is not lost')
  expect(draw('stopped', true)).not.toContain('is not lost')
  expect(draw('stopped', true)).toContain('What was asked for is not there any more')
})
