import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { MakeKey } from './make-key.tsx'
import { RevokeSteps } from './revoke-steps.tsx'

const method = { id: 'api_key', type: 'api_key', noun: 'key', makeLabel: 'Create a key', scopes: [], fields: [] }

test('where nobody knows the page of an installation of one’s own, the words stand without a link', () => {
  const drawn = (page: string) =>
    renderToStaticMarkup(
      <>
        <MakeKey method={{ ...method, makeAt: page }} choices={{}} />
        <RevokeSteps name="LogRocket" by={page} steps={['Delete the key.']} />
      </>,
    )
  expect(drawn('https://tool.example/keys').match(/<a /g)).toHaveLength(2)
  expect(drawn('')).not.toContain('<a ')
  expect(drawn('')).toContain('Create a key')
  expect(drawn('')).toContain('Delete the key.')
})
