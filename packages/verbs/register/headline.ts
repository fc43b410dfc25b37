import { code, type Inline } from '@passmuster/core/page.ts';
import { endedAs, type Result, type Told } from './result.ts';

/** The outcome in one line. */
export function headline({ wish }: Told, result: Result): Inline[] {
  const { name, decision, version } = result;
  const what = [code(wish.model), ' ', code(name.identifier)];
  switch (endedAs(result)) {
    case 'registered':
      return [...what, ' is registered as number ', code(version?.number ?? '')];
    case 'adopted':
      return [...what, ' was there as number ', code(version?.number ?? ''), ' and is sealed now'];
    case 'planned':
      return decision.do === 'adopt'
        ? [...what, ' would be sealed as number ', code(decision.version.number)]
        : [...what, ' would be registered'];
    case 'unchanged':
      return decision.do === 'nothing'
        ? [...what, ' is registered already, as number ', code(decision.version.number)]
        : what;
    case 'refused':
      return [...what, ' is refused: ', decision.do === 'refuse' ? decision.text : ''];
  }
}
