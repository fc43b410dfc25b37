/** Where the policy stands unless somebody says otherwise. */
export const USUAL_POLICY = 'passmuster.yaml';
