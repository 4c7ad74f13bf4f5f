/** A provider's error code if it looks like one; any other text is foreign and is not passed on. */
export const errorCode = (code: string): string => (/^[a-z_]{1,64}$/.test(code) ? code : 'unknown_error')
