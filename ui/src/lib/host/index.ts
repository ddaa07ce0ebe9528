// The only file that knows what the pages run in.
import { invoke } from '@tauri-apps/api/core';

/** Versions, as the app tells them. */
export interface About {
  version: string;
}

export function about(): Promise<About> {
  return invoke<About>('about');
}

/** Tells the app that its page is on the screen. */
export function pageReady(): Promise<void> {
  return invoke<void>('page_ready');
}
