// What is measured in a page: sizes, edges and colours as they are drawn. Each function runs in the browser.
import type { Page } from '@playwright/test'

/** Controls that are too small to hit and have another one too near (WCAG 2.2, 2.5.8), named. Links in a sentence are left out. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const LEAST = 24
    const selector =
      'a[href], button, input, select, textarea, summary, [role="button"], [role="option"], [tabindex="0"]'
    const isDrawn = (one: Element) => {
      const { width, height } = one.getBoundingClientRect()
      return one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width > 4 && height > 4
    }
    const isInSentence = (one: Element) => {
      if (one.tagName !== 'A' && one.tagName !== 'BUTTON') return false
      if (getComputedStyle(one).display !== 'inline') return false
      return [...(one.parentElement?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      )
    }
    // what is hit for a field is its label as well
    const boxOf = (one: Element) => {
      const label = one instanceof HTMLInputElement ? one.closest('label') : null
      return (label ?? one).getBoundingClientRect()
    }
    const modal = [...document.querySelectorAll('dialog:modal')].at(-1) // what lies behind it cannot be pressed
    const all = [...(modal ?? document).querySelectorAll(selector)].filter(isDrawn)
    const targets = all.filter((one) => !isInSentence(one)).map((one) => ({ one, box: boxOf(one) }))
    const isSmall = ({ width, height }: DOMRect) => width < LEAST - 0.5 || height < LEAST - 0.5
    const center = ({ x, y, width, height }: DOMRect) => ({ x: x + width / 2, y: y + height / 2 })
    const reaches = (small: DOMRect, other: DOMRect) => {
      const at = center(small)
      const dx = Math.max(other.left - at.x, 0, at.x - other.right)
      const dy = Math.max(other.top - at.y, 0, at.y - other.bottom)
      const limit = isSmall(other) ? LEAST : LEAST / 2
      const to = center(other)
      return isSmall(other) ? Math.hypot(to.x - at.x, to.y - at.y) < limit : Math.hypot(dx, dy) < limit
    }
    const crowded = targets.filter(
      ({ one, box }) =>
        isSmall(box) &&
        targets.some(
          (other) =>
            other.one !== one && !one.contains(other.one) && !other.one.contains(one) && reaches(box, other.box),
        ),
    )
    return crowded.map(
      ({ one, box }) =>
        `${one.tagName.toLowerCase()} "${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40)}" ${Math.round(box.width)}x${Math.round(box.height)}`,
    )
  })

/** How far the page reaches past its window to the side, and what sticks out; what scrolls in a box of its own is left out. */
export const sticksOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth + 1) return []
    const isInScroller = (one: Element | null): boolean =>
      one !== null &&
      one !== document.body &&
      (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX) || isInScroller(one.parentElement))
    const wide = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !isInScroller(one.parentElement),
    )
    return [
      `${root.scrollWidth} of ${root.clientWidth} px`,
      ...wide.slice(-3).map((one) => `${one.tagName.toLowerCase()}.${one.className.toString().slice(0, 60)}`),
    ]
  })

/** Lets every text be set as wide as a reader may set it (WCAG 2.2, 1.4.12), and makes it two fifths longer, as another language would. */
export async function stretchTexts(page: Page): Promise<void> {
  await page.addStyleTag({
    content:
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
  })
  await page.evaluate(() => {
    const accents: Record<string, string> = {
      a: 'á',
      e: 'é',
      i: 'í',
      o: 'ó',
      u: 'ú',
      n: 'ñ',
      c: 'ç',
      A: 'Á',
      E: 'É',
      O: 'Ó',
    }
    const lengthened = (text: string) => {
      const words = text.trim()
      if (!/\p{L}/u.test(words)) return text
      const accented = [...words].map((letter) => accents[letter] ?? letter).join('')
      const more = ' lorem ipsum dolor sit amet'.repeat(20).slice(0, Math.ceil(words.length * 0.4))
      return text.replace(words, () => `${accented}${more}`)
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const nodes: Text[] = []
    while (walker.nextNode()) {
      const { parentElement } = walker.currentNode
      // what is not ours to translate, or is no text: what people typed, code, styles
      if (
        walker.currentNode instanceof Text &&
        parentElement &&
        !parentElement.closest('script, style, code, pre, textarea, [translate="no"], next-route-announcer')
      )
        nodes.push(walker.currentNode)
    }
    for (const node of nodes) node.data = lengthened(node.data)
  })
}

/** Texts that are cut off or lie over each other. What ends in dots on purpose shows all of itself elsewhere. */
export const clippedTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const cutsOnPurpose = (style: CSSStyleDeclaration) =>
      style.textOverflow === 'ellipsis' || !['none', ''].includes(style.webkitLineClamp)
    const isOnPurpose = (one: Element | null): boolean =>
      one !== null && (cutsOnPurpose(getComputedStyle(one)) || isOnPurpose(one.parentElement))
    const isSeen = (one: Element) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    // hidden from sight and told to screen readers only
    const isForEars = (one: Element | null): boolean =>
      one !== null &&
      (/inset\(50%\)|rect\(/.test(getComputedStyle(one).clipPath + getComputedStyle(one).clip) ||
        isForEars(one.parentElement))
    const leaves = [...document.querySelectorAll('body *')].filter(
      (one) =>
        isSeen(one) &&
        !isForEars(one) &&
        [...one.childNodes].some((node) => node instanceof Text && node.data.trim() !== ''),
    )
    const said = (one: Element) => `"${(one.textContent ?? '').trim().slice(0, 50)}"`
    const cut = leaves.filter((one) => {
      const style = getComputedStyle(one)
      const hides = /hidden|clip/.test(style.overflowX + style.overflowY)
      return (
        hides && !isOnPurpose(one) && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
      )
    })
    const outside = leaves.filter((one) => {
      const box = one.closest('button, [role="img"][data-status], a[class*="bg-"]')
      if (!box || box === one || isOnPurpose(one)) return false
      const [inner, outer] = [one.getBoundingClientRect(), box.getBoundingClientRect()]
      return inner.right > outer.right + 2 || inner.bottom > outer.bottom + 2
    })
    // what is cut off on purpose lies over nothing
    const shownOf = (one: Element | null, rect: DOMRect): DOMRect => {
      if (!one || one === document.body) return rect
      if (getComputedStyle(one).overflowX === 'visible') return shownOf(one.parentElement, rect)
      const box = one.getBoundingClientRect()
      const [left, top] = [Math.max(rect.left, box.left), Math.max(rect.top, box.top)]
      const [right, bottom] = [Math.min(rect.right, box.right), Math.min(rect.bottom, box.bottom)]
      return shownOf(one.parentElement, new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top)))
    }
    const lines = leaves
      .filter((one) => !one.closest('[role="dialog"], [role="menu"], .float'))
      .flatMap((one) =>
        [...one.childNodes].flatMap((node) => {
          if (!(node instanceof Text) || node.data.trim() === '') return []
          const range = document.createRange()
          range.selectNodeContents(node)
          return [...range.getClientRects()].map((rect) => ({ one, rect: shownOf(one, rect) }))
        }),
      )
    const over = lines.filter(({ one, rect }, at) =>
      lines.slice(at + 1).some((other) => {
        if (other.one === one || one.contains(other.one) || other.one.contains(one)) return false
        const wide = Math.min(rect.right, other.rect.right) - Math.max(rect.left, other.rect.left)
        const high = Math.min(rect.bottom, other.rect.bottom) - Math.max(rect.top, other.rect.top)
        const isVisible = document
          .elementsFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2)
          .includes(one)
        return isVisible && wide > 3 && high > rect.height * 0.4
      }),
    )
    return [
      ...cut.map((one) => `cut off: ${said(one)}`),
      ...outside.map((one) => `outside its control: ${said(one)}`),
      ...over.map(({ one }) => `over another text: ${said(one)}`),
    ]
  })

/** What has the focus, and how its outline stands out: its width in CSS pixels and its contrast to what is around it. */
export const focusRing = (page: Page): Promise<{ name: string; width: number; contrast: number } | null> =>
  page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const colourOf = (css: string): [number, number, number, number] => {
      if (!canvas) return [0, 0, 0, 0]
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = css
      canvas.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data
      return [r, g, b, a]
    }
    const luminance = ([r, g, b]: readonly number[]) => {
      const [red = 0, green = 0, blue = 0] = [r, g, b].map((part = 0) => {
        const share = part / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const groundOf = (one: Element | null): readonly number[] => {
      if (!one) return [255, 255, 255]
      const colour = colourOf(getComputedStyle(one).backgroundColor)
      return colour[3] > 250 ? colour : groundOf(one.parentElement)
    }
    const one = document.activeElement
    if (!one || one === document.body) return null
    // a control that is drawn by another element draws its ring there too
    const ringed = [one, one.closest('label'), one.nextElementSibling, one.parentElement].find((part) => {
      const style = part && getComputedStyle(part)
      return style && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
    })
    const style = getComputedStyle(ringed ?? one)
    const isDrawn = style.outlineStyle !== 'none'
    const [ring, ground] = [colourOf(style.outlineColor), groundOf((ringed ?? one).parentElement)]
    const [light = 0, dark = 0] = [luminance(ring), luminance(ground)].sort((a, b) => b - a)
    return {
      name: `${one.tagName.toLowerCase()} "${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40)}"`,
      width: isDrawn ? Number.parseFloat(style.outlineWidth) : 0,
      contrast: (light + 0.05) / (dark + 0.05),
    }
  })
