import { defineConfig } from '@playwright/test';
import { firefoxPath, launchOptions } from './scripts/browser.ts';

const port = 4188;

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  reporter: process.env.CI ? [['line']] : [['list']],
  use: { baseURL: `http://localhost:${port}`, viewport: { width: 1440, height: 900 } },
  projects: [
    { name: 'chromium', use: { browserName: 'chromium', launchOptions } },
    ...(firefoxPath
      ? [
          {
            name: 'firefox',
            testMatch: /round-trip/,
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              launchOptions: { executablePath: firefoxPath },
            },
          },
        ]
      : []),
  ],
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}`,
    reuseExistingServer: !process.env.CI,
  },
});
