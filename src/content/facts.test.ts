import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accessFacts } from './facts/access.ts';
import { basicFacts } from './facts/basics.ts';
import { bucketKeyFacts } from './facts/bucketKeys.ts';
import { bucketFacts } from './facts/buckets.ts';
import { clientFormatFacts } from './facts/clientFormat.ts';
import { clientSideFacts } from './facts/clientSide.ts';
import { clientVersionFacts } from './facts/clientVersions.ts';
import { copyFacts } from './facts/copies.ts';
import { dsseKmsFacts } from './facts/dsseKms.ts';
import { errorFacts } from './facts/errors.ts';
import { instructionFileFacts } from './facts/instructionFiles.ts';
import { kmsFacts } from './facts/kms.ts';
import { kmsQuotaFacts } from './facts/kmsQuota.ts';
import { modelFacts } from './facts/model.ts';
import { multipartFacts } from './facts/multipart.ts';
import { policyFacts } from './facts/policies.ts';
import { requestHeaderFacts } from './facts/requestHeaders.ts';
import { sseCFacts } from './facts/sseC.ts';
import { sseKmsFacts } from './facts/sseKms.ts';
import { sseS3Facts } from './facts/sseS3.ts';
import { webCryptoFacts } from './facts/webCrypto.ts';
import { FACTS } from './facts.ts';

const all = Object.entries(FACTS);
const ENGINE = fileURLToPath(new URL('../engine', import.meta.url));

describe('facts', () => {
  it('has one plain sentence for each, with a full stop and without markup', () => {
    for (const [id, { text }] of all) {
      expect(text, id).toMatch(/^\S.*\.$/);
      expect(text, id).not.toMatch(/[*`<>{}\n]/);
      expect(text.length, id).toBeLessThanOrEqual(150);
    }
  });

  it('gives each an id of the usual form and a source', () => {
    for (const [id, { source }] of all) {
      expect(id).toMatch(/^F-[A-Z0-9]{2,3}-\d{3}$/);
      expect(source.trim(), id).not.toBe('');
    }
  });

  it('grades every assumption of ours as our model', () => {
    const assumptions = all.filter(([id]) => id.startsWith('F-SIM-'));
    expect(assumptions.length).toBeGreaterThan(20);
    for (const [id, { grade }] of assumptions) expect(grade, id).toBe('model');
  });

  it('links by HTTPS only, and links every documented fact', () => {
    for (const [id, { url, grade }] of all) {
      if (url !== undefined) expect(new URL(url).protocol, id).toBe('https:');
      if (grade === 'documented') expect(url, id).toBeDefined();
    }
  });

  it('tells no fact twice', () => {
    const parts = [
      basicFacts,
      bucketFacts,
      sseS3Facts,
      sseKmsFacts,
      dsseKmsFacts,
      sseCFacts,
      clientSideFacts,
      clientVersionFacts,
      clientFormatFacts,
      instructionFileFacts,
      webCryptoFacts,
      errorFacts,
      kmsFacts,
      requestHeaderFacts,
      multipartFacts,
      copyFacts,
      accessFacts,
      bucketKeyFacts,
      policyFacts,
      kmsQuotaFacts,
      modelFacts,
    ];
    expect(parts.reduce((sum, part) => sum + Object.keys(part).length, 0)).toBe(all.length);
    expect(new Set(all.map(([, { text }]) => text)).size).toBe(all.length);
  });

  it('has every fact that the engine cites', () => {
    const files = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' }).filter(name =>
      /(?<!\.test)\.ts$/.test(name),
    );
    const cited = files.flatMap(name =>
      [...readFileSync(`${ENGINE}/${name}`, 'utf8').matchAll(/'(F-[A-Z0-9]+-\d{3})'/g)].map(match => match[1] ?? ''),
    );
    expect(cited.length).toBeGreaterThan(0);
    expect([...new Set(cited)].filter(id => FACTS[id] === undefined)).toEqual([]);
  });
});
