// Makes the words again while `npm run dev` runs. A build has made them before Vite starts.
import { make } from './messages.mjs';

export function messages() {
  return {
    name: 'shelf-messages',
    apply: 'serve',
    configureServer(server) {
      if (process.env.VITEST) return;
      server.watcher.add('messages');
      server.watcher.on('change', (file) => {
        if (!/messages\/\w+\/\w+\.json$/.test(file.replaceAll('\\', '/'))) return;
        make().catch((error) => server.config.logger.error(error.message));
      });
    },
  };
}
