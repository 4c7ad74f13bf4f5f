import { announce } from './announce.ts'

/** Leads to the control whose answer was not taken and says why: where the focus is there already, nothing else would. */
export function tellWrong(controlId: string, text: string): void {
  document.getElementById(controlId)?.focus()
  announce(text, 'assertive')
}
