import { plainText } from '../../session/guide.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Moments.module.css';
import { contentOf, momentsOf, worstOf } from './moments.ts';
import type { Played } from './usePlayed.ts';

interface MomentsProps {
  /** The victim's upload. */
  readonly upload: Played;
  /** What the upload's mode is called. */
  readonly modeName: string;
  readonly memoryAt: number | undefined;
  readonly onChange: (memoryAt: number | undefined) => void;
}

/** The steps of the upload as a line; at which of them plaintext or a key is in S3's memory stands beside it. */
export function Moments({ upload: { trace, words }, modeName, memoryAt, onChange }: MomentsProps) {
  const moments = momentsOf(trace);
  const worst = worstOf(moments);
  const at = Math.min(memoryAt ?? worst?.step ?? 1, moments.length);
  const moment = moments[at - 1];
  const title = plainText(words[at - 1]?.title ?? [], trace.artifacts);
  if (!moment) return null;
  const text = `after step ${at} of ${moments.length}, “${title}”: ${contentOf(moment)}`;
  return (
    <div className={styles.moments}>
      <label className={styles.label} htmlFor="attack-moment">
        Moment of the look into S3’s memory, during the upload with {modeName}
      </label>
      <div className={styles.slider}>
        <Strip label="plaintext" flags={moments.map(one => one.hasPlaintext)} />
        <Strip label="key" flags={moments.map(one => one.hasKey)} />
        <input
          id="attack-moment"
          type="range"
          min={1}
          max={moments.length}
          value={at}
          aria-valuetext={text}
          onChange={event => onChange(Number(event.target.value))}
        />
      </div>
      <p className={styles.said}>
        S3’s memory {text}.{memoryAt === undefined && ' This is the worst moment.'}
      </p>
      {memoryAt !== undefined && (
        <Button look="quiet" onClick={() => onChange(undefined)}>
          Back to the worst moment
        </Button>
      )}
    </div>
  );
}

/** At which steps something is there: a filled box for each. The sentence below says the same of the chosen one. */
function Strip({ label, flags }: { readonly label: string; readonly flags: readonly boolean[] }) {
  return (
    <div className={styles.strip} aria-hidden="true">
      <span className={styles.name}>{label}</span>
      <span className={styles.boxes}>
        {flags.map((isThere, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position
          <span key={index} className={styles.box} data-there={isThere} />
        ))}
      </span>
    </div>
  );
}
