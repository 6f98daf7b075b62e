import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { CLIENT_METADATA } from '../../../content/clientMetadata.ts';
import type { JsonObject, MessageView } from '../../../engine/index.ts';
import { explainEntry } from './EnvelopeEntry.tsx';
import { HttpTab, KmsTab } from './MessageTabs.tsx';

afterEach(cleanup);

function show(headers: MessageView['headers'], json?: JsonObject) {
  const request: MessageView = {
    startLine: 'PUT /lab/report.txt HTTP/1.1',
    headers,
    bodyLength: json ? 10 : 0,
    ...(json ? { json } : {}),
  };
  const exchange = { index: 0, link: 'client-s3', isSecure: true, request } as const;
  return render(<HttpTab seen={{ exchange, hasResponse: false, step: 3 }} />);
}

describe('the envelope in a message', () => {
  it.each(Object.entries(CLIENT_METADATA))('a header %s says what it is, with its fact', (name, { label, factId }) => {
    show([[`x-amz-meta-${name}`, 'value']]);
    expect(screen.getByText(`${label} (${factId})`)).toBeTruthy();
  });

  it('says what a code means', () => {
    show([
      ['X-Amz-Meta-X-Amz-W', '12'],
      ['x-amz-meta-x-amz-c', '115'],
      ['x-amz-meta-x-amz-w', '99'],
    ]);
    expect(screen.getByText('how the data key is wrapped: KMS, with context (F-FMT-032)')).toBeTruthy();
    expect(screen.getByText('how the content is encrypted: AES-256-GCM with key commitment (F-FMT-030)')).toBeTruthy();
    expect(screen.getByText('how the data key is wrapped (F-FMT-032)')).toBeTruthy();
  });

  it('says nothing of other headers, whatever they are called', () => {
    for (const name of ['x-amz-meta-title', 'x-amz-meta-__proto__', 'x-amz-meta-constructor', 'content-type']) {
      expect(explainEntry(name, 'value')).toBeUndefined();
    }
    expect(explainEntry('x-amz-w', '__proto__')).toBe('how the data key is wrapped (F-FMT-032)');
  });

  it('labels an instruction file entry by entry, and its text stays the JSON it is', () => {
    const json = { 'x-amz-3': 'AAAA', 'x-amz-w': '22', 'x-amz-m': '{"key":"2026"}' };
    const { container } = show([['content-type', 'application/json']], json);
    expect(screen.getByText('encrypted data key (F-FMT-031)')).toBeTruthy();
    expect(screen.getByText('how the data key is wrapped: RSA-OAEP with SHA-1 (F-FMT-032)')).toBeTruthy();
    expect(screen.getByText('material description: which wrapping key (F-FMT-036)')).toBeTruthy();
    for (const label of container.querySelectorAll('pre span span[class*="entry"]')) label.remove();
    const text = container.querySelector('pre')?.textContent ?? '';
    expect(JSON.parse(text.slice(text.indexOf('{\n')))).toEqual(json);
  });

  it('leaves the JSON of KMS alone', () => {
    const json = { KeyId: 'k', EncryptionContext: { 'aws:x-amz-cek-alg': '115' } };
    const request: MessageView = { startLine: 'POST / HTTP/1.1', headers: [], bodyLength: 2, json };
    const exchange = { index: 0, link: 'client-kms', isSecure: true, request } as const;
    const { container } = render(<KmsTab seen={{ exchange, hasResponse: false, step: 1 }} />);
    expect(container.textContent).toContain(JSON.stringify(json, null, 2));
    expect(container.textContent).not.toContain('F-FMT');
  });
});
