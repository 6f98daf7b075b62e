import { type BenchResult, bench } from './core.ts';

declare global {
  interface Window {
    runBench: (mebibytes: number) => Promise<BenchResult>;
  }
}

window.runBench = mebibytes => bench(mebibytes, () => undefined);
