import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Relative addresses, so that the page works under any path; nothing inlined, so that the content policy can stay at 'self'.
export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: {
    outDir: '../src/lasegue/web/static',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // three.js is one chunk, loaded only when somebody asks for the view in three dimensions.
    chunkSizeWarningLimit: 700,
    // The libraries' licences ask that their notices go along with them.
    license: { fileName: 'licenses.md' },
    target: 'es2022',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  test: { include: ['src/**/*.test.ts'] },
});
