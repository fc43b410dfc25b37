import { createInterface } from 'node:readline';
import { startKubelet } from '../../services/kubelet.ts';

/**
 * The stand-in for nodes in a process of its own, since whoever measures waits for a process to end and does
 * nothing meanwhile. The first line says whose namespaces they are; it goes on until there is no line to come.
 */
const lines = createInterface(process.stdin);
lines.once('line', (line) => {
  const { namespaces, ...access } = JSON.parse(line);
  for (const namespace of namespaces) startKubelet({ ...access, namespace });
});
lines.once('close', () => process.exit());
