/** Addresses of people are for their eyes alone who may see them at the provider. Bounded: strangers write such texts. */
export const withoutAddresses = (text: string): string =>
  text.replace(/[^\s@<>()[\]"',;:]{1,64}@[^\s@<>()[\]"',;:]{1,255}\.[a-z]{2,63}/gi, '[e-mail address]')
