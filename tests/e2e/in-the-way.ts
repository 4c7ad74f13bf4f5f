// What is measured of the focus on its way through a page, and of what moves or is dragged there. Runs in the browser.
import type { Page } from '@playwright/test'

/** Notes from the first page on: what moves though less motion is asked for, and what is ready to be dragged. */
export const watchPage = (page: Page) =>
  page.addInitScript(() => {
    const moved: string[] = []
    const dragged: string[] = []
    Reflect.set(window, 'seen', { moved, dragged })
    const steps = new Set(['offset', 'computedOffset', 'easing', 'composite', 'opacity'])
    const lookAtMotion = () => {
      for (const animation of document.getAnimations()) {
        const { effect } = animation
        if (!(effect instanceof KeyframeEffect) || Number(effect.getComputedTiming().duration) === 0) continue
        const what = new Set(
          effect
            .getKeyframes()
            .flatMap(Object.keys)
            .filter((name) => !steps.has(name)),
        )
        const { target } = effect
        if (what.size > 0 && target)
          moved.push(`${target.tagName} ${target.getAttribute('class') ?? ''}: ${[...what].join(' ')}`)
      }
    }
    Reflect.set(window, 'lookAtMotion', lookAtMotion)
    for (const type of ['transitionrun', 'animationstart']) document.addEventListener(type, lookAtMotion, true)
    const listen: typeof EventTarget.prototype.addEventListener = Reflect.get(EventTarget.prototype, 'addEventListener') // called as it was meant, below
    EventTarget.prototype.addEventListener = function (this: EventTarget, type: string, ...rest) {
      // React listens to everything at its roots; what a component asks of it is read from the component
      const isReacts = Object.keys(this).some((name) => name.startsWith('_reactListening'))
      if (/^(drag|drop|pointermove|mousemove|touchmove)/.test(type) && !isReacts)
        dragged.push(`${this instanceof Element ? this.tagName : 'window'} listens to ${type}`)
      return Reflect.apply(listen, this, [type, ...rest])
    }
  })

/** What moved since the page was opened that is no change of opacity, and what on it can be dragged. */
export const watched = (page: Page): Promise<{ moved: string[]; dragged: string[] }> =>
  page.evaluate(() => {
    Reflect.get(window, 'lookAtMotion')()
    const { moved, dragged } = Reflect.get(window, 'seen') as { moved: string[]; dragged: string[] }
    const asks = [...document.querySelectorAll('body *')].flatMap((one) => {
      const key = Object.keys(one).find((name) => name.startsWith('__reactProps'))
      const names = Object.keys(key ? Reflect.get(one, key) : {})
      const found = names.filter((name) => /^on(Drag|Drop|PointerMove|MouseMove|TouchMove)/.test(name))
      return [...found, ...(one.matches('[draggable="true"]') ? ['draggable'] : [])].map(
        (name) => `${one.tagName} "${(one.textContent ?? '').slice(0, 30)}": ${name}`,
      )
    })
    return { moved: [...new Set(moved)], dragged: [...new Set([...dragged, ...asks])] }
  })

type Stop = { name: string; covered: string[] }

/** What has the focus, and what lies over it at its middle and its corners; null where nothing has it, or what had it before. */
export const focusStop = (page: Page): Promise<Stop | null> =>
  page.evaluate(() => {
    const INSET = 3 // corners are round
    const one = document.activeElement
    const visited: Set<Element> = Reflect.get(window, 'visited') ?? new Set()
    Reflect.set(window, 'visited', visited)
    if (!one || one === document.body || visited.has(one)) return null
    visited.add(one)
    const nameOf = (part: Element | null) =>
      part
        ? `${part.tagName.toLowerCase()} "${(part.getAttribute('aria-label') ?? part.textContent ?? '').trim().slice(0, 40)}"`
        : 'nothing'
    const isOf = (hit: Element | null) => {
      const label = hit?.closest('label')
      return hit !== null && (one.contains(hit) || (label instanceof HTMLLabelElement && label.control === one))
    }
    // a link that goes over two lines has a box for each
    const over = [...one.getClientRects()].flatMap(({ left, right, top, bottom }) => {
      const [x, y] = [(left + right) / 2, (top + bottom) / 2]
      const [start, end, head, foot] = [left + INSET, right - INSET, top + INSET, bottom - INSET]
      const points = [
        [x, y],
        [start, head],
        [end, head],
        [start, foot],
        [end, foot],
      ] as const // as const: pairs
      const hits = points.map(([px, py]) => document.elementFromPoint(px, py))
      const isLarge = bottom - top > window.innerHeight / 2 || one.tagName === 'TEXTAREA' // followed by its caret
      if (isLarge && hits.some(isOf)) return []
      return hits.filter((hit) => !isOf(hit)).map(nameOf)
    })
    return { name: nameOf(one), covered: [...new Set(over)] }
  })

/** Lets the next way through the page begin anew. */
export const forgetStops = (page: Page): Promise<boolean> =>
  page.evaluate(() => Reflect.deleteProperty(window, 'visited'))

/** What can have the focus by itself and was no stop on the way; of a group of radio buttons one is enough. */
export const unvisited = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const visited: Set<Element> = Reflect.get(window, 'visited') ?? new Set()
    const isOneOfGroup = (one: Element) =>
      one instanceof HTMLInputElement &&
      one.type === 'radio' &&
      [...visited].some((other) => other instanceof HTMLInputElement && other.name === one.name)
    return [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]')]
      .filter(
        (one) =>
          one.tabIndex >= 0 &&
          !one.matches(':disabled') &&
          !one.closest('[inert]') &&
          one.checkVisibility({ visibilityProperty: true }),
      )
      .filter((one) => !visited.has(one) && !isOneOfGroup(one))
      .map((one) => one.outerHTML.slice(0, 120))
  })
