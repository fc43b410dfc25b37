import { REGISTRY_ADDRESS } from '../../registry-address.ts';
import { text } from '../../shape/text.ts';
import { VISIBLE } from './names.ts';

export const registry = text({
  description:
    'The address of the MLflow registry; by default that in MLFLOW_TRACKING_URI. Credentials never stand here.',
  examples: ['https://mlflow.example.com'],
  maxLength: 2000,
  patterns: [VISIBLE, ...REGISTRY_ADDRESS],
  refuse: (address) =>
    URL.canParse(address) ? undefined : 'is no address; check its host and its port',
});
