// The loader of the AWS SDK for JavaScript v3 as a program: reads both files again and again as the SDK does, and prints how
// many profiles there are and how many milliseconds each reading took. The files lie in the system's cache by then.

import { loadSharedConfigFiles } from "@smithy/shared-ini-file-loader";

const [rounds, filepath, configFilepath] = [
  Number(process.argv[2]),
  `${process.argv[3]}/credentials`,
  `${process.argv[3]}/config`,
];
const reads = [];
let profiles = 0;
for (let round = 0; round < rounds; round += 1) {
  const started = performance.now();
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ filepath, configFilepath, ignoreCache: true });
  reads.push(performance.now() - started);
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  profiles = [...names].filter((name) => !/^(sso-session|services)\./.test(name)).length;
}
console.log(JSON.stringify({ profiles, reads }));
