import { describe, expect, it } from 'vitest';
import { fakeStorage } from '../../testing/sessionHarness.ts';
import { DEFAULT_SETTINGS, readSettings, writeSettings } from './settings.ts';

const reading = (stored: string) => readSettings(fakeStorage({ 'envelope:settings': stored }));

describe('settings', () => {
  it('reads back what it stored, under its own prefix', () => {
    const storage = fakeStorage();
    const settings = { ...DEFAULT_SETTINGS, askFirst: false, theme: 'dark', motion: 'off' } as const;
    writeSettings(storage, settings);
    expect(readSettings(storage)).toEqual(settings);
    expect(Object.keys(storage.content).every(name => name.startsWith('envelope:'))).toBe(true);
  });

  it('asks first unless told otherwise', () => {
    expect(readSettings(fakeStorage()).askFirst).toBe(true);
  });

  it('takes the default for whatever is broken', () => {
    expect(reading('{"theme":"pink","askFirst":"yes","motion":"off"}')).toEqual({ ...DEFAULT_SETTINGS, motion: 'off' });
    for (const stored of ['', '{', 'null', '7', '[]']) expect(reading(stored)).toEqual(DEFAULT_SETTINGS);
  });

  it('works without a storage and with one that refuses', () => {
    const refusing = {
      getItem: () => {
        throw new Error('no');
      },
      setItem: () => {
        throw new Error('no');
      },
    };
    expect(readSettings(undefined)).toEqual(DEFAULT_SETTINGS);
    expect(readSettings(refusing)).toEqual(DEFAULT_SETTINGS);
    expect(() => writeSettings(refusing, DEFAULT_SETTINGS)).not.toThrow();
  });
});
