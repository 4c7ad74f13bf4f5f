import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(path.resolve(import.meta.dirname, '../../app/globals.css'), 'utf8')
const found = [...css.matchAll(/--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)]
const themes = {
  light: new Map(found.map(([, name = '', light = '']) => [name, light])),
  dark: new Map(found.map(([, name = '', , dark = '']) => [name, dark])),
}

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['paper', 'surface', 'inset']
const tones = ['ok', 'warn', 'error', 'off', 'busy']
type Pair = [over: string, ground: string, least: number]
const pairs: Pair[] = [
  ...grounds.flatMap((ground): Pair[] => [
    ['ink', ground, 7],
    ['ink-2', ground, 4.5],
    ['ink-3', ground, 4.5],
    ['accent', ground, 4.5],
    ['control', ground, 3],
    ['danger', ground, 4.5],
  ]),
  ['on-primary', 'primary', 4.5],
  ['on-primary', 'primary-press', 4.5],
  ['on-danger', 'danger', 4.5],
  ['on-danger', 'danger-press', 4.5],
  ['ink', 'accent-soft', 7],
  ['accent', 'accent-soft', 4.5],
  ...tones.flatMap((tone): Pair[] => [
    [tone, `${tone}-soft`, 4.5],
    [tone, 'surface', 4.5],
    [tone, 'paper', 4.5],
    [`${tone}-icon`, `${tone}-soft`, 3],
    [`${tone}-icon`, 'surface', 3],
    [`${tone}-icon`, 'paper', 3],
    ['ink', `${tone}-soft`, 7],
    ['ink-2', `${tone}-soft`, 4.5],
    ['accent', `${tone}-soft`, 4.5],
  ]),
]

describe('X-11 every colour can be told from what it stands on', () => {
  test('the theme is found in both halves', () => {
    expect(themes.light.size).toBeGreaterThanOrEqual(30)
    expect(themes.dark.size).toBe(themes.light.size)
  })
  for (const [theme, tokens] of Object.entries(themes))
    test.each(pairs)(`${theme}: %s on %s is at least %d to 1`, (over, ground, least) => {
      const ratio = contrast(tokens.get(over) ?? '#000000', tokens.get(ground) ?? '#000000')
      expect(ratio).toBeGreaterThanOrEqual(least)
    })
  test('black on white is 21, the same on itself 1', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#2348c5', '#2348c5')).toBe(1)
  })
})
