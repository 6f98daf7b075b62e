import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/browser.ts';

/** Tests that replace modules need a module graph of their own; all others share one, which halves their time. */
const REPLACING_MODULES = ['src/testing/lineCargo.test.ts', 'src/engine/s3/sse/customerKeyBuffers.test.ts'];

export default defineConfig({
  plugins: [react()],
  worker: { format: 'iife' },
  test: {
    expect: { requireAssertions: true },
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          pool: 'threads',
          isolate: false,
          include: ['src/**/*.test.ts'],
          exclude: [
            'src/**/*.browser.test.ts',
            'src/**/*.clients.test.ts',
            'src/**/*.encryption.test.ts',
            ...REPLACING_MODULES,
          ],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'node-apart', environment: 'node', include: REPLACING_MODULES, testTimeout: 60_000 },
      },
      {
        extends: true,
        // Found while tests run, they would reload the page under them.
        optimizeDeps: { include: ['@aws-sdk/client-kms', '@aws-sdk/client-s3'] },
        test: {
          name: 'browser',
          include: ['src/**/*.test.tsx', 'src/**/*.browser.test.ts'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'clients',
          environment: 'node',
          include: ['src/**/*.clients.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'encryption-clients',
          environment: 'node',
          include: ['src/**/*.encryption.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      { extends: true, test: { name: 'budget', environment: 'node', include: ['scripts/**/*.test.ts'] } },
    ],
  },
});
