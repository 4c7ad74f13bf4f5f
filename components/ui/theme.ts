export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Holds no right and no secret: it is written in the browser, so that a change shows before any answer. */
export const themeCookie = 'pb_theme'

/** The theme a cookie asks for; anything unknown reads as system. */
export function readTheme(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? 'system'
}
