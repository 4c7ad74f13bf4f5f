'use client'
import { FormProblems } from '#components/tenancy/form-problems.tsx'
import { useSubmit } from '#components/tenancy/use-submit.ts'
import { Button } from '#components/ui/button.tsx'
import { Radio } from '#components/ui/checkbox.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Fieldset } from '#components/ui/field.tsx'
import { rollToken } from '#lib/tokens/client.ts'
import type { ApiTokenRoll, ApiTokenView } from '#lib/tokens/schema.ts'
import type { MadeToken } from './reveal-token.tsx'

type Hours = ApiTokenRoll['overlapHours']
const choices: readonly (readonly [hours: Hours, label: string])[] = [
  [0, 'It stops at once'],
  [1, 'It works for 1 more hour'],
  [24, 'It works for 24 more hours'],
]

type Props = { org: string; token: ApiTokenView; onMade: (made: MadeToken) => void; onClose: () => void }

/** Asks how long the value before may still work, and makes another. */
export function RollToken({ org, token, onMade, onClose }: Props) {
  const { form, summary, failure, busy } = useSubmit(async (value) => {
    const overlapHours = choices.find(([hours]) => String(hours) === value('overlap'))?.[0] ?? 0
    onMade({ name: token.name, value: (await rollToken(org, token.id, { overlapHours })).value })
  })
  return (
    <Dialog title={`Roll ${token.name}`} description="It gets a new value, and the same time again." onClose={onClose}>
      <form {...form} className="grid gap-4">
        <FormProblems summary={summary} failure={failure} />
        <Fieldset legend="The value of now" hint="Leave it a while where scripts are changed one after the other.">
          {choices.map(([hours, label]) => (
            <Radio key={hours} name="overlap" value={hours} label={label} defaultChecked={hours === 0} />
          ))}
        </Fieldset>
        {token.previousUntil && <p className="text-warn">The value before that, of the last roll, stops at once.</p>}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Roll token
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
