// The manual: what stands on which page, in order.
import { m } from '$lib/i18n.svelte';

export interface Page {
  id: string;
  title: () => string;
  lead: () => string;
  steps: (() => string)[];
}

export interface PageGroup {
  name: () => string;
  pages: Page[];
}

export const manual: PageGroup[] = [
  {
    name: m.help_group_begin,
    pages: [
      {
        id: 'first',
        title: m.help_first,
        lead: m.help_first_lead,
        steps: [m.help_first_1, m.help_first_2, m.help_first_3, m.help_first_4],
      },
    ],
  },
  {
    name: m.help_group_read,
    pages: [
      {
        id: 'find',
        title: m.help_find,
        lead: m.help_find_lead,
        steps: [
          m.help_find_1,
          m.help_find_exact,
          m.help_find_2,
          m.help_find_3,
          m.help_find_4,
          m.help_find_letters,
          m.help_find_request,
        ],
      },
      {
        id: 'read',
        title: m.help_read,
        lead: m.help_read_lead,
        steps: [m.help_read_1, m.help_read_2, m.help_read_3, m.help_read_4],
      },
      {
        id: 'keep',
        title: m.help_keep,
        lead: m.help_keep_lead,
        steps: [m.help_keep_1, m.help_keep_2, m.help_keep_3, m.help_keep_search, m.help_keep_4],
      },
    ],
  },
  {
    name: m.help_group_keep,
    pages: [
      { id: 'sync', title: m.help_sync, lead: m.help_sync_lead, steps: [m.help_sync_1, m.help_sync_2, m.help_sync_3] },
      { id: 'usb', title: m.help_usb, lead: m.help_usb_lead, steps: [m.help_usb_1, m.help_usb_2, m.help_usb_3] },
      {
        id: 'guest',
        title: m.help_guest,
        lead: m.help_guest_lead,
        steps: [m.help_guest_1, m.help_guest_2, m.help_guest_3],
      },
      {
        id: 'ask',
        title: m.help_ask,
        lead: m.help_ask_lead,
        steps: [m.help_ask_1, m.help_ask_2, m.help_ask_3, m.help_ask_4],
      },
    ],
  },
];
