import type { Account } from './state.ts'

const account = (login: string, name: string, userId: string, credits: Partial<Account> = {}): Account => ({
  userId: `user_${userId}`,
  login,
  name,
  isOrganization: false,
  purchased: 0,
  spent: 0,
  ...credits,
})

/** Who can sign in on the consent page: one pays, one never bought credits, one has used up more than was bought. */
export const accounts = (): Account[] => [
  account('dana-k', 'Dana Kowalski', '2sandboxDanaKowalski0000001', { purchased: 50, spent: 12.4 }),
  account('acme', 'Acme', '2sandboxAcmeOrganization002', { isOrganization: true, purchased: 500, spent: 181.25 }),
  account('sam-o', 'Sam Okafor', '2sandboxSamOkafor0000000003', { purchased: 10, spent: 2.05 }),
  account('priya-n', 'Priya Nair', '2sandboxPriyaNair0000000004'),
  account('lee-p', 'Lee Park', '2sandboxLeePark000000000005', { purchased: 5, spent: 5.12 }),
]
