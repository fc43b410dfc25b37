import { readFileSync } from 'node:fs';

const [path = ''] = process.argv.slice(2);
console.log(Object.keys(JSON.parse(readFileSync(path, 'utf8'))).length);
