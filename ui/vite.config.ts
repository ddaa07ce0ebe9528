import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { icons } from './scripts/icons.mjs';
import { messages } from './scripts/messages-plugin.mjs';

export default defineConfig(({ mode }) => ({
  plugins: [icons(), messages(), svelte()],
  clearScreen: false,
  resolve: {
    alias: { $lib: '/src/lib', $components: '/src/components' },
    ...(mode === 'test' && { conditions: ['browser'] }),
  },
  // Licences of fonts and icons, which must stand in every bundle.
  publicDir: 'gen/public',
  // `tauri dev` looks for the pages at exactly this address.
  server: { host: '127.0.0.1', port: 1420, strictPort: true },
  build: {
    target: 'es2022',
    // Both know light-dark(), of which tokens.css is made; for older ones every colour would be written twice.
    cssTarget: ['chrome123', 'safari17.5'],
    // An inlined picture would be a data: address, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The catalogue of components is for those who build them: `npm run catalogue`.
    ...(mode === 'catalogue' && { outDir: 'gen/catalogue', rolldownOptions: { input: 'catalogue.html' } }),
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/test/setup.ts'],
    css: false,
  },
}));
