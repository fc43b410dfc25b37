import { isEmbedded, REGISTRY_ADDRESS } from '../../registry-address.ts';
import { text } from '../../shape/text.ts';
import { VISIBLE } from './names.ts';

export const registry = text({
  description:
    'The address of the MLflow registry, or `embedded:` and a file; by default that in MLFLOW_TRACKING_URI. Never with credentials.',
  examples: ['https://mlflow.example.com', 'embedded:registry.db'],
  maxLength: 2000,
  patterns: [VISIBLE, ...REGISTRY_ADDRESS],
  refuse: (address) =>
    isEmbedded(address) || URL.canParse(address)
      ? undefined
      : 'is no address; check its host and its port',
});
