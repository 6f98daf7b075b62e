import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * The page may load only itself. Set at build time, since the dev server's hot reload needs an inline script.
 * `blob:` is for previews of the learner's own file (images) and for a later single-file build (worker).
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
    ],
  };
}

const BASE =
  /node_modules\/(react|react-dom|scheduler|zustand)\/|src\/(scene\/(fold|narrate|stepCondition|requestKind|template|instructionFile|artifactNames)|engine\/(errors|lessons\/acts|trace\/(trace|place|step)))\.ts$/;

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy()],
  // A classic worker is the only kind that also runs from a Blob in a page opened over file:// in Chromium.
  worker: { format: 'iife' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    // What the page needs at once and later parts need too is one file, not a handful of small ones, each zipped by itself.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', test: BASE }] } } },
  },
});
