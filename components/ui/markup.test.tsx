import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Badge } from './badge.tsx'
import { type BadgeStatus, statusJack } from './badge-name.ts'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { Input } from './input.tsx'
import { Jack } from './jack.tsx'
import { MoreMenu } from './more-menu.tsx'
import { Time } from './time.tsx'

const draw = (node: ReactNode) => renderToStaticMarkup(node)

test('X-09 a badge is words, a socket and an accessible name with status and reason', () => {
  const html = draw(<Badge status="connected" signal="amber" text="Connected" reason="Sync 3 h late" />)
  expect(html).toContain('role="img" aria-label="Status: Connected, needs attention: sync 3 hours late"')
  expect(html).toContain('data-status="connected" data-signal="amber"')
  expect(html).toContain('data-jack="attention"')
  expect(html).toContain('>Connected</span>')
})

test('each socket has a shape of its own', () => {
  const jacks = new Set([...Object.values(statusJack), 'attention' as const])
  const shapes = [...jacks].map((name) => draw(<Jack name={name} />).replace(/^<svg[^>]*>/, ''))
  expect(new Set(shapes).size).toBe(jacks.size)
})

test('a busy button says so and stays in the tab order', () => {
  const html = draw(<Button busy>Opening…</Button>)
  expect(html).toContain('aria-busy="true" aria-disabled="true"')
  expect(html).not.toMatch(/\sdisabled/)
})

test('a field ties its label, hint and error to the control', () => {
  const html = draw(
    <Field id="token" label="Token" hint="From the settings page" error="Token was refused.">
      {(control) => <Input {...control} />}
    </Field>,
  )
  expect(html).toContain('for="token"')
  expect(html).toContain('id="token" aria-describedby="token-hint token-error" aria-invalid="true"')
  expect(html).toContain('id="token-error"')
})

test('a field without a fault is not marked', () => {
  const html = draw(
    <Field id="token" label="Token" hint="From the settings page">
      {(control) => <Input {...control} />}
    </Field>,
  )
  expect(html).not.toContain('aria-invalid=')
  expect(html).toContain('aria-describedby="token-hint"')
})

test('a time is written absolute in UTC by the server', () => {
  expect(draw(<Time value="2026-11-18T14:20:00Z" />)).toBe(
    '<time dateTime="2026-11-18T14:20:00Z" class="tabular-nums">18 Nov 2026, 14:20 UTC</time>',
  )
})

test('the exact time can be reached by keyboard', () => {
  const html = draw(<Time value="2026-11-18T14:20:09Z" form="precise" />)
  expect(html).toMatch(/<button[^>]*aria-describedby="([^"]+)".*id="\1" role="tooltip"[^>]*>18 Nov 2026, 14:20:09 UTC/)
})

test('a menu button says what it opens and whether it is open; its items come with the first opening', () => {
  const sections = [{ items: [{ type: 'link', label: 'Metrics', href: '/acme' } as const] }]
  const html = draw(<MoreMenu label="More actions for GitHub" sections={sections} />)
  expect(html).toMatch(/aria-haspopup="menu" aria-expanded="false" aria-label="More actions for GitHub"/)
  const [, panel] = /popoverTarget="([^"]+)"/.exec(html) ?? []
  expect(html).toContain(`<div id="${panel}" popover="auto"`)
  expect(html).not.toContain('role="menu')
})

test('no badge has a style attribute: the policy would refuse it', () => {
  const statuses = Object.keys(statusJack) as BadgeStatus[] // the keys of a const are its keys
  for (const status of statuses)
    expect(draw(<Badge status={status} signal="gray" text={status} />)).not.toContain('style=')
})
