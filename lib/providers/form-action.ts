/** The origins a Connect form may be redirected to, for the CSP's form-action. `sandbox` is the sandbox's origin while it is on. */
export function formActionOrigins(sandbox: string | null): readonly string[] {
  return ['https://github.com', ...(sandbox ? [sandbox] : [])]
}
