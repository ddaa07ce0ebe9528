// The pictures of one document; one that cannot be read costs itself only.
import * as host from '$lib/host';
import type { Failure, ObjectRow } from '$lib/host/types';

export interface PictureState {
  url?: string;
  failure?: Failure;
}

export class Pictures {
  #states = $state.raw<ReadonlyMap<string, PictureState>>(new Map());

  constructor(
    readonly document: string,
    readonly objects: readonly ObjectRow[],
  ) {}

  of(sha256: string): PictureState {
    return this.#states.get(sha256) ?? {};
  }

  async load(): Promise<void> {
    await Promise.all(this.objects.filter((object) => object.here && !this.of(object.sha256).url).map((object) => this.#one(object)));
  }

  async #one(object: ObjectRow): Promise<void> {
    let state: PictureState;
    try {
      state = { url: (await host.media(this.document, object.sha256)).url };
    } catch (error) {
      state = { failure: host.asFailure(error) };
    }
    this.#states = new Map(this.#states).set(object.sha256, state);
  }
}
