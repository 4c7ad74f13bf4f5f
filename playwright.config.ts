import { defineConfig, devices } from '@playwright/test'

// Run by scripts/test.ts, which chooses the ports, a fresh DATA_DIR and the Chromium.
const needed = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run the browser tests with npm test -- e2e`)
  return value
}
const appUrl = needed('E2E_APP_URL')

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: '.data/e2e-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  use: {
    baseURL: appUrl,
    trace: 'retain-on-failure',
    locale: 'en-GB',
    timezoneId: 'Asia/Kathmandu',
    launchOptions: {
      executablePath: needed('CHROMIUM_PATH'),
      // a test machine has neither a sandbox for root nor a graphics card, and the browser is to call nobody
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [{ name: 'chromium', use: devices['Desktop Chrome'] }],
  webServer: {
    command: `"${process.execPath}" scripts/start.ts`,
    url: `${appUrl}/api/health/ready`,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 }, // else PostgreSQL would be cut off
    stdout: 'pipe',
  },
})
