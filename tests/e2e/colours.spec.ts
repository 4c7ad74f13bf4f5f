import type { CDPSession, Page } from '@playwright/test'
import { jackOf, showEveryStatus, statuses, transient } from './statuses.ts'
import { expect, test } from './support.ts'

type Sight = 'deuteranopia' | 'protanopia' | 'achromatopsia' | 'none'

const see = (devtools: CDPSession, type: Sight) => devtools.send('Emulation.setEmulatedVisionDeficiency', { type })

/** A dot and two hands in the same ring share the ring; more than a twentieth of what is drawn has to differ. */
const LEAST = 0.05

/** The share of what is drawn in which two pictures of the same size differ visibly, 0 to 1. Their corner is the ground. */
const difference = (page: Page, one: Buffer, other: Buffer): Promise<number> =>
  page.evaluate(
    async ([first, second]) => {
      const pixels = async (base64: string) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const canvas = new OffscreenCanvas(16, 16).getContext('2d')
        if (!canvas) throw new Error('no canvas')
        canvas.drawImage(picture, 0, 0, 16, 16)
        return canvas.getImageData(0, 0, 16, 16).data
      }
      const [a, b] = [await pixels(first), await pixels(second)]
      const VISIBLE = 48
      type Pixels = Uint8ClampedArray
      const differ = (one: Pixels, at: number, other: Pixels, to: number) =>
        [0, 1, 2].some((part) => Math.abs((one[at + part] ?? 0) - (other[to + part] ?? 0)) > VISIBLE)
      let [drawn, apart] = [0, 0]
      for (let at = 0; at < a.length; at += 4) {
        if (differ(a, at, a, 0) || differ(b, at, b, 0)) drawn += 1
        if (differ(a, at, b, at)) apart += 1
      }
      return drawn === 0 ? 0 : apart / drawn
    },
    [one.toString('base64'), other.toString('base64')] as const, // as const: a pair
  )

test('X-10 badges are told apart in gray, by who cannot see red or green, and with forced colours', async ({
  page,
  org,
}) => {
  test.setTimeout(300_000)
  await showEveryStatus(page, org)
  const stable = statuses.filter((status) => !transient.includes(status))
  const devtools = await page.context().newCDPSession(page)
  const picturesNow = async () => {
    const pictures: { status: string; jack: string | null; picture: Buffer }[] = []
    for (const status of stable) {
      const badge = page.locator(`[data-status="${status}"]`)
      pictures.push({
        status,
        jack: await jackOf(badge),
        picture: await badge.locator('[data-jack]').first().screenshot(),
      })
    }
    return pictures
  }
  const tooAlike = async () => {
    const pictures = await picturesNow()
    const alike: string[] = []
    for (const [at, one] of pictures.entries())
      for (const other of pictures.slice(at + 1))
        if ((await difference(page, one.picture, other.picture)) < LEAST)
          alike.push(`${one.status} and ${other.status}`)
    return alike
  }
  for (const type of ['achromatopsia', 'deuteranopia', 'protanopia'] as const) {
    // as const: words of a union
    await see(devtools, type)
    expect.soft(await tooAlike(), type).toEqual([])
  }
  await see(devtools, 'none')
  await page.emulateMedia({ forcedColors: 'active' })
  expect.soft(await tooAlike(), 'forced colours').toEqual([])
})
