// The requests to Sở that are kept here. Nothing sends them yet.
import { copyText } from '$lib/clipboard';
import { number } from '$lib/format';
import * as host from '$lib/host';
import type { Failure, Request, RequestDraft } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import { toast } from '$lib/toast.svelte';
import { textOf } from './requests';

export class OutboxModel {
  /** Null until the app has answered. */
  requests = $state.raw<Request[] | null>(null);
  failure = $state.raw<Failure | null>(null);

  async load(): Promise<void> {
    try {
      this.requests = await host.requests();
      this.failure = null;
    } catch (error) {
      this.failure = host.asFailure(error);
    }
  }

  /** Keeps one; what went wrong, or null. */
  async keep(draft: RequestDraft): Promise<Failure | null> {
    try {
      await host.requestPut(draft);
    } catch (error) {
      return host.asFailure(error);
    }
    await this.load();
    toast({ text: m.request_kept(), icon: 'check' });
    return null;
  }

  /** Removes one; the message takes it back. */
  async remove({ id }: Request): Promise<void> {
    try {
      await host.requestRemove(id);
    } catch {
      toast({ text: m.request_not_removed(), icon: 'circle-alert' });
      return;
    }
    await this.load();
    toast({ text: m.request_removed(), icon: 'trash', undo: () => void this.#restore(id) });
  }

  async copy(requests: readonly Request[]): Promise<void> {
    try {
      await copyText(requests.map(textOf).join('\n\n'));
      toast({ text: m.request_copied({ count: number(requests.length) }), icon: 'copy' });
    } catch {
      toast({ text: m.request_not_copied(), icon: 'circle-alert' });
    }
  }

  async #restore(id: number): Promise<void> {
    try {
      await host.requestRestore(id);
    } catch {
      toast({ text: m.request_not_restored(), icon: 'circle-alert' });
    }
    await this.load();
  }
}
