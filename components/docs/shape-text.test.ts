import { expect, test } from 'vitest'
import { exampleOf, shapeText } from './shape-text.ts'

const token = {
  type: 'object',
  required: ['name', 'scopes'],
  properties: {
    name: { type: 'string' },
    scopes: { type: 'array', items: { type: 'string', enum: ['boards:read', 'boards:write'] } },
    expiresAt: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
  },
}

test('a schema reads like the type of its value', () => {
  expect(shapeText(token)).toBe(
    '{\n  name: string\n  scopes: ("boards:read" | "boards:write")[]\n  expiresAt?: date-time | null\n}',
  )
  expect(shapeText({ type: 'object', additionalProperties: { type: 'boolean' } })).toBe('{ [name]: boolean }')
  expect(shapeText({ $ref: '#' })).toBe('…')
})

test('an example has what is required, and values that a schema takes', () => {
  expect(exampleOf(token)).toEqual({ name: 'Example', scopes: ['boards:read'] })
  const choice = {
    type: 'object',
    required: ['choice'],
    properties: { choice: { type: 'string', examples: ['keep'] } },
  }
  expect(exampleOf(choice)).toEqual({ choice: 'keep' })
  expect(exampleOf({ type: 'string', minLength: 10 })).toHaveLength(10)
})
