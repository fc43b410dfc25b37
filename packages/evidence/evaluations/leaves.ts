import { isMap } from '@passmuster/core/shape/map.ts';
import { pointerTo } from './pointer.ts';

/** `name` is the path joined with dots, `at` the same as a JSON Pointer; both empty for the whole. */
type Visit = (name: string, value: unknown, at: string) => void;

function visitBelow(value: unknown, visit: Visit, name: string, at: string): void {
  if (!isMap(value)) {
    visit(name, value, at);
    return;
  }
  for (const key of Object.keys(value)) {
    visitBelow(value[key], visit, at === '' ? key : `${name}.${key}`, at + pointerTo(key));
  }
}

/** Everything in a tree of maps that is no map. Lists are not entered. */
export const eachLeaf = (value: unknown, visit: Visit): void => visitBelow(value, visit, '', '');
