// Only what is used, by its own file: whoever names the package alone gets all of it into his bundle.
export { KubeConfig } from '@kubernetes/client-node/dist/config.js';
