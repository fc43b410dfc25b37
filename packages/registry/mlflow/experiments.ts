import { quotable } from '@passmuster/core/quote.ts';
import type { Runs } from '@passmuster/core/registry/registry.ts';
import { boundsOf } from './bounds.ts';
import { experimentOf, loggedModelOf } from './decode-run.ts';
import { isInvalid, needs, unlessMissing } from './errors.ts';
import { type Fields, requiredFields, requiredId } from './fields.ts';
import { paged, pageOf } from './pages.ts';
import type { Wire } from './wire.ts';

const PAGE = 1000;

type Experiments = Pick<
  Runs,
  'experiment' | 'experimentNamed' | 'experiments' | 'createExperiment' | 'loggedModel'
>;

const readExperiment = (body: Fields) => experimentOf(requiredFields(body, 'experiment'));
const readPage = pageOf('experiments', experimentOf);

export function experimentMethods(wire: Wire): Experiments {
  return {
    experiment(id, call) {
      const about = { what: `read experiment ${quotable(id)}`, call };
      const query = [['experiment_id', id]] as const;
      // To MLflow 3 an id that is no number is "invalid", to MLflow 2 it is "missing".
      return unlessMissing(wire.get('/experiments/get', query, readExperiment, about), isInvalid);
    },

    experimentNamed(name, call) {
      const about = { what: `read experiment "${quotable(name)}"`, call };
      const query = [['experiment_name', name]] as const;
      return unlessMissing(wire.get('/experiments/get-by-name', query, readExperiment, about));
    },

    experiments(call) {
      const what = 'list experiments';
      const bounds = boundsOf(call);
      const ask = (token: string) => {
        const json = { max_results: PAGE, ...(token !== '' && { page_token: token }) };
        return wire.search('/experiments/search', json, readPage, { what, call: bounds() });
      };
      return paged(wire.transport, what, ask, ({ id }) => id);
    },

    createExperiment: (name, call) =>
      wire.change(
        { method: 'POST', path: '/experiments/create', json: { name }, repeatable: false },
        (body) => requiredId(body, 'experiment_id'),
        { what: `create experiment "${quotable(name)}"`, call },
      ),

    async loggedModel(id, call) {
      // Addresses are made simpler on the way: such an id would be a step up.
      if (/^\.{0,2}$/.test(id)) return undefined;
      const what = `read logged model ${quotable(id)}`;
      const path = `/logged-models/${encodeURIComponent(id)}`;
      const read = (body: Fields) => loggedModelOf(requiredFields(body, 'model'));
      const asked = wire.get(path, [], read, { what, call });
      const { address } = wire.transport;
      return await unlessMissing(needs('logged-models', address, what, asked));
    },
  };
}
