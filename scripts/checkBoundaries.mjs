// Runs the import rules and makes sure that they really saw the source: a tool that cruises nothing finds nothing.
import { createRequire } from 'node:module';
import process from 'node:process';
import { cruise } from 'dependency-cruiser';

const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const { output } = await cruise(['src'], { ...options, ruleSet: { forbidden }, validate: true });
const { summary } = output;

for (const { from, to, rule } of summary.violations) {
  const why = forbidden.find(one => one.name === rule.name)?.comment ?? '';
  console.error(`${rule.name}: ${from} → ${to}\n  ${why}`);
}
console.log(
  `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} imports, ${summary.error} violations`,
);
if (summary.totalCruised < 100) {
  console.error('Fewer than 100 modules were read: the check itself is broken.');
  process.exit(1);
}
process.exit(summary.error === 0 ? 0 : 1);
