// Plain JavaScript that any Node can run: it says what is wrong before TypeScript files fail to load.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Passmuster needs Node 24, and this script runs on Node ${process.versions.node}.\n` +
      'npm ci installs Node 24 into node_modules/.bin, where npm scripts find it first.\n' +
      'It is not there: run "npm ci" again, and if install scripts are off, "npm rebuild node --ignore-scripts=false".\n',
  );
  process.exit(1);
}
