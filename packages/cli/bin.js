#!/usr/bin/env node
// Plain JavaScript that any Node can run, so that an old one says what it needs instead of a syntax error.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `passmuster needs Node 24 or newer, and this is Node ${process.versions.node} (${process.execPath}).\n` +
      'In a clone, "npm ci" installs Node 24 and "npx passmuster …" uses it.\n',
  );
  process.exitCode = 2;
} else {
  await import('./main.ts');
}
