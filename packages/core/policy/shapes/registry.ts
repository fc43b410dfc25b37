import { text } from '../../shape/text.ts';
import { VISIBLE } from './names.ts';

const WITHOUT_CREDENTIALS = {
  regex: /^[^@]*$/u,
  says: 'an address without user name and password; MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, carry those',
};

export const registry = text({
  description:
    'The address of the MLflow registry; by default that in MLFLOW_TRACKING_URI. Credentials never stand here.',
  examples: ['https://mlflow.example.com'],
  maxLength: 2000,
  patterns: [
    VISIBLE,
    WITHOUT_CREDENTIALS,
    {
      regex: /^https?:\/\/[^\s/?#\\]+(?:\/[^\s?#\\]*)?$/u,
      says: 'an address that starts with `https://` or `http://`, without `?` and `#`',
    },
  ],
  refuse: (address) =>
    URL.canParse(address) ? undefined : 'is no address; check its host and its port',
});
