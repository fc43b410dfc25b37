import { readFileSync } from 'node:fs';
import { readEvaluation } from '@passmuster/evidence/evaluations/index.ts';

const [path = ''] = process.argv.slice(2);
const { measured } = await readEvaluation(readFileSync(path), { path, digest: '' });
console.log(measured.length);
