import { useRouter } from 'next/navigation'
import type { KeyPlace } from './key-words.ts'
import { providerPath } from './place.ts'

/** Leads on to what a key reaches, once it is kept, where that is the next thing to see. */
export function useShowReached(): (at: KeyPlace) => void {
  const router = useRouter()
  return ({ provider, method, org }) => {
    if (method.showsReached) router.push(`${providerPath(org, provider.id)}/resources`)
  }
}
