import type { Page } from '@playwright/test'

/** Everything of a page that outlives a glance, as text: what it shows, what is typed into it, what its browser keeps. */
export const heldBy = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)))
    const cached = await Promise.all(caches.map(async (cache) => (await cache.keys()).map(({ url }) => url)))
    const databases = (await indexedDB.databases()).map(({ name }) => name)
    const typed = [...document.querySelectorAll('input, textarea')].map((input) => Reflect.get(input, 'value'))
    return [
      document.documentElement.outerHTML,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      JSON.stringify(history.state),
      document.cookie,
      JSON.stringify([cached, databases, typed]),
      location.href,
    ].join('\n')
  })
