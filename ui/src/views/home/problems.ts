import { m } from '$lib/i18n.svelte';
import type { IconName } from '$lib/icons/names';

interface Look {
  icon: IconName;
  name: () => string;
  more: () => string;
}

/** Việc người dân hay hỏi, by the id that the app gives; another id is shown by its field. */
export const problemLook: Partial<Record<string, Look>> = {
  land: { icon: 'land-plot', name: m.home_problem_land, more: m.home_problem_land_more },
  civil_status: { icon: 'id-card', name: m.home_problem_civil_status, more: m.home_problem_civil_status_more },
  marriage: { icon: 'heart-handshake', name: m.home_problem_marriage, more: m.home_problem_marriage_more },
  loans: { icon: 'hand-coins', name: m.home_problem_loans, more: m.home_problem_loans_more },
  traffic: { icon: 'motorbike', name: m.home_problem_traffic, more: m.home_problem_traffic_more },
  forest: { icon: 'trees', name: m.home_problem_forest, more: m.home_problem_forest_more },
  ethnic: { icon: 'users-round', name: m.home_problem_ethnic, more: m.home_problem_ethnic_more },
};
