import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { Actor, Artifact, ArtifactId, Place } from '../../../engine/index.ts';
import { type Deed, hasArtifacts, hasPlace, type MoveChoice } from '../../../scene/perform.ts';
import { ArtifactName } from '../../ui/ArtifactName.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from './Perform.module.css';
import { deedOption, type Offer } from './task.ts';

interface BuilderProps {
  readonly offer: Offer;
  readonly artifacts: Readonly<Record<ArtifactId, Artifact>>;
  /** When it changes, a move was made: the sentence starts anew. */
  readonly doneCount: number;
  readonly onSay: (choice: Partial<MoveChoice>) => void;
}

const ACTOR_TEXTS: Partial<Record<Actor, string>> = {
  client: 'You',
  s3: 'Amazon S3',
  kms: 'AWS KMS',
  trail: 'CloudTrail',
};
const PLACE_TEXTS: Readonly<Record<Place, string>> = {
  client: 'your side',
  network: 'the network',
  's3.memory': 'memory of Amazon S3',
  's3.disk': 'disks of Amazon S3',
  's3.keys': 'own keys of Amazon S3',
  'kms.host': 'AWS KMS, outside the HSM',
  'kms.hsm': 'HSM of AWS KMS',
  audit: 'CloudTrail',
};
/** Where a deed without a place of its own is. */
const HOME: Readonly<Record<Actor, Place>> = {
  client: 'client',
  s3: 's3.memory',
  kms: 'kms.host',
  tap: 'network',
  trail: 'audit',
};

interface Draft {
  readonly actor?: Actor;
  readonly deed?: Deed;
  readonly artifacts: readonly ArtifactId[];
  readonly to?: Place;
}
const EMPTY: Draft = { artifacts: [] };

/** A move as a sentence of four choices: who, does what, with what, to where. */
export function Builder({ offer, artifacts, doneCount, onSay }: BuilderProps) {
  const [draft, setDraft] = useState<Draft & { readonly at: number }>({ ...EMPTY, at: doneCount });
  // The move was made: what was said of it is no draft of the next.
  const { actor, deed, artifacts: chosen, to } = draft.at === doneCount ? draft : EMPTY;
  const change = (part: Partial<Draft>) =>
    setDraft({
      artifacts: chosen,
      ...(actor === undefined ? {} : { actor }),
      ...(deed === undefined ? {} : { deed }),
      ...(to === undefined ? {} : { to }),
      ...part,
      at: doneCount,
    });
  const name = useId();
  const asksWhat = deed === undefined || hasArtifacts(deed);
  const asksWhere = deed === undefined || hasPlace(deed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const place = asksWhere ? to : actor && HOME[actor];
    onSay({
      ...(actor === undefined ? {} : { actor }),
      ...(deed === undefined ? {} : { deed }),
      ...(place === undefined ? {} : { to: place }),
      artifacts: asksWhat ? chosen : [],
    });
  };
  return (
    <form className={styles.builder} onSubmit={submit} aria-label="Your move">
      <Group legend="Who acts">
        {offer.actors.map(one => (
          <Choice key={one} name={`${name}who`} isChosen={actor === one} onChoose={() => change({ actor: one })}>
            {ACTOR_TEXTS[one]}
          </Choice>
        ))}
      </Group>
      <Group legend="Does what">
        {offer.deeds.map(one => (
          <Choice key={one} name={`${name}what`} isChosen={deed === one} onChoose={() => change({ deed: one })}>
            {deedOption(one, actor)}
          </Choice>
        ))}
      </Group>
      {asksWhat && (
        <Group legend="With what" hint="none, one or several; to lock or open something, the key too">
          {offer.artifacts.map(one => (
            <Choice
              key={one.id}
              isChosen={chosen.includes(one.id)}
              onChoose={() =>
                change({
                  artifacts: chosen.includes(one.id) ? chosen.filter(id => id !== one.id) : [...chosen, one.id],
                })
              }
            >
              <ArtifactName artifact={one} artifacts={artifacts} />
              {one.kind === 'plaintext-object' && <small> readable</small>}
            </Choice>
          ))}
        </Group>
      )}
      {asksWhere && (
        <Group legend="To where" hint="where the result is then">
          {offer.places.map(one => (
            <Choice key={one} name={`${name}where`} isChosen={to === one} onChoose={() => change({ to: one })}>
              {PLACE_TEXTS[one]}
            </Choice>
          ))}
        </Group>
      )}
      <Button type="submit" look="strong">
        Do it
      </Button>
    </form>
  );
}

interface GroupProps {
  readonly legend: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

function Group({ legend, hint, children }: GroupProps) {
  return (
    <fieldset className={styles.group}>
      <legend>
        {legend}
        {hint !== undefined && <small> {hint}</small>}
      </legend>
      <div className={styles.choices}>{children}</div>
    </fieldset>
  );
}

interface ChoiceProps {
  /** Of the radio group it belongs to; without one it is a checkbox. */
  readonly name?: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

/** A native input under its words: the arrow keys, the space bar and fingers work as everywhere. */
function Choice({ name, isChosen, onChoose, children }: ChoiceProps) {
  const id = useId();
  return (
    <span className={styles.choice}>
      <input
        id={id}
        {...(name === undefined ? { type: 'checkbox' } : { type: 'radio', name })}
        checked={isChosen}
        onChange={onChoose}
      />
      <label htmlFor={id}>{children}</label>
    </span>
  );
}
