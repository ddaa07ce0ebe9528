import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  // `tauri dev` looks for the pages at exactly this address.
  server: { host: '127.0.0.1', port: 1420, strictPort: true },
  // An inlined picture would be a data: address, which the content security policy refuses.
  build: { target: 'es2022', assetsInlineLimit: 0 },
});
