/** What the simulated Confluence holds, of every site. */
export type Data = { spaces: never[] }
