import { expect, test, vi } from 'vitest';
import type { DocumentLine, DocumentPage, MoreRelated, RelationGroup, RelationRow } from '$lib/host/types';
import { Further } from './further.svelte';

const row = (number: string) => ({ number }) as RelationRow;
const leaflet = (id: string) => ({ id }) as DocumentLine;

function page(group: Partial<RelationGroup>): DocumentPage {
  const basis: RelationGroup = { direction: 'in', kind: 'basis', rows: [], total: 0, next: null, ...group };
  const other: RelationGroup = { direction: 'out', kind: 'basis', rows: [row('out')], total: 1, next: null };
  return { line: { id: 'd1' }, relations: [other, basis], materials: [leaflet('a')] } as unknown as DocumentPage;
}

test('a group without a row goes on, and materials that come again are dropped', async () => {
  const answers: MoreRelated[] = [
    { rows: [row('1')], materials: [leaflet('a'), leaflet('b')], next: 400 },
    { rows: [row('2')], materials: [leaflet('b')], next: null },
  ];
  const more = vi.fn(async () => answers.shift()!);
  const shown = page({ total: 250, next: 200 });
  const further = new Further(shown, more);
  const [out, basis] = shown.relations as [RelationGroup, RelationGroup];
  expect(further.behindMaterials).toBe(basis);
  expect([further.of(basis).left, further.step(basis)]).toEqual([250, 200]);
  await further.fetch(basis);
  expect(more).toHaveBeenLastCalledWith('d1', 'basis', 200);
  expect([further.of(basis).left, further.step(basis)]).toEqual([50, 50]);
  await further.fetch(basis);
  expect(more).toHaveBeenLastCalledWith('d1', 'basis', 400);
  expect(further.of(basis)).toMatchObject({ rows: [{ number: '1' }, { number: '2' }], next: null, left: 0 });
  expect(further.materials.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(further.behindMaterials).toBeUndefined();
  expect(further.of(out).rows, 'what the document itself states').toEqual([row('out')]);
  await further.fetch(basis);
  expect(more).toHaveBeenCalledTimes(2);
});

test('what fails can be asked again', async () => {
  const more = vi.fn().mockRejectedValueOnce({ code: 'busy', detail: '' }).mockResolvedValue({ rows: [row('1')], materials: [], next: null });
  const shown = page({ total: 1, next: 0 });
  const further = new Further(shown, more);
  const basis = shown.relations[1]!;
  await further.fetch(basis);
  expect([further.failure?.code, further.of(basis).next]).toEqual(['busy', 0]);
  await further.fetch(basis);
  expect([further.failure, further.of(basis).rows.length]).toEqual([null, 1]);
});
