import type { Product } from '$lib/host/types';
import { m } from '$lib/i18n.svelte';
import type { IconName } from '$lib/icons/names';

/** Kinds of products that spread the law: icon and name. */
export const productLook: Record<Product, { icon: IconName; name: () => string }> = {
  outline: { icon: 'file-text', name: m.home_product_outline },
  book: { icon: 'book', name: m.home_product_book },
  handbook: { icon: 'notebook-tabs', name: m.home_product_handbook },
  leaflet: { icon: 'layout-panel-left', name: m.home_product_leaflet },
  legal_story: { icon: 'scroll-text', name: m.home_product_legal_story },
  skit: { icon: 'drama', name: m.home_product_skit },
  video: { icon: 'circle-play', name: m.home_product_video },
  e_lecture: { icon: 'presentation', name: m.home_product_e_lecture },
  news: { icon: 'newspaper', name: m.home_product_news },
  feature: { icon: 'newspaper', name: m.home_product_feature },
  qa: { icon: 'circle-question-mark', name: m.home_product_qa },
  loudspeaker: { icon: 'megaphone', name: m.home_product_loudspeaker },
  form: { icon: 'clipboard-list', name: m.home_product_form },
  audio: { icon: 'volume-2', name: m.home_product_audio },
};
