import { lazy, Suspense, useMemo } from 'react';
import type { Artifact, ArtifactId, Place, Trace } from '../../../engine/index.ts';
import { clientSideOf } from '../../../scene/clientSide.ts';
import type { Scene } from '../../../scene/fold.ts';
import { Connectors } from './Connectors.tsx';
import { Courier } from './Courier.tsx';
import { type CardEvent, cardHeight, findCardEvent } from './cardSize.ts';
import { connectorsOf } from './connectors.ts';
import { LogLine } from './LogLine.tsx';
import type * as Later from './later.ts';
import { layoutStage, type RoomBox, type StageLayout } from './layoutStage.ts';
import { activePlaces, eventsOfMoment } from './moment.ts';
import { placeCard } from './placeCard.ts';
import { RoomFrame } from './RoomFrame.tsx';
import { bottom, type Rect } from './rect.ts';
import styles from './Stage.module.css';
import { ACT_SECONDS, isCardVerb, ROUTE_SECONDS, startsOf } from './schedule.ts';
import { TapRecord } from './TapRecord.tsx';
import { Token } from './Token.tsx';
import { tokensOf } from './tokensOf.ts';
import { useFollowing } from './useFollowing.ts';
import { useRoving } from './useRoving.ts';
import { useWidth } from './useWidth.ts';
import { PLACE_WORDS } from './words.ts';

// How cards and discarded things look is fetched at once, but nobody waits for it: the first steps have none.
let shown: typeof Later | undefined;
export const laterReady = import('./later.ts').then(later => {
  shown = later;
  return later;
});
const LaterCard = lazy(() => laterReady.then(({ EventCard }) => ({ default: EventCard })));
const LaterGhost = lazy(() => laterReady.then(({ Ghost }) => ({ default: Ghost })));

export interface StageProps {
  readonly trace: Trace;
  readonly scene: Scene;
  readonly selected?: ArtifactId | undefined;
  readonly onSelect: (artifact: ArtifactId, place: Place) => void;
  readonly isMotionOff?: boolean;
  /** Scrolls to where something happens, as far as it is out of sight: screens may be smaller than the stage. On unless told. */
  readonly isFollowing?: boolean;
  /** Tells two stages on one page apart. */
  readonly label?: string;
}

/** Who holds what, now: rooms with their trust boundaries, and in them the artifacts as tokens. */
export function Stage(props: StageProps) {
  const [element, width] = useWidth<HTMLElement>();
  const { trace } = props;
  const layout = useMemo(() => (width === 0 ? undefined : layoutStage({ trace, width })), [trace, width]);
  useFollowing(element, props.scene.events, layout !== undefined && (props.isFollowing ?? true));
  return (
    <section
      ref={element}
      className={styles.stage}
      aria-label={props.label ?? 'Stage: who holds what'}
      data-layout={layout?.name}
    >
      {layout && <StagePlan {...props} layout={layout} />}
    </section>
  );
}

const ROOM_ORDER = [
  'client',
  'network',
  's3',
  's3.memory',
  's3.keys',
  's3.disk',
  'kms',
  'kms.host',
  'kms.hsm',
  'audit',
] as const;

function StagePlan({
  trace,
  scene,
  layout,
  selected,
  onSelect,
  isMotionOff = false,
}: StageProps & { readonly layout: StageLayout }) {
  const events = useMemo(() => eventsOfMoment(trace, scene), [trace, scene]);
  const active = activePlaces(events);
  const placed = useMemo(() => tokensOf(trace, scene, layout), [trace, scene, layout]);
  const lines = logLines(trace, scene, layout);
  const boxes = new Map<string, Rect>([
    ...placed.tokens.map(token => [token.stay.id, token.box] as const),
    ...lines.map(line => [`audit|${line.record.id}`, line.box] as const),
  ]);
  const main = placed.tokens.find(token => token.mark === 'main');
  const roving = useRoving(boxes, main?.stay.id);
  const EventCard = shown?.EventCard ?? LaterCard;
  const Ghost = shown?.Ghost ?? LaterGhost;
  const cardEvent = findCardEvent(events);
  const cardBox = cardEvent && cardBoxOf(cardEvent, layout, [...boxes.values(), ...placed.ghosts.map(it => it.box)]);
  const side = clientSideOf(trace.run);
  const hasRoute = placed.tokens.some(token => token.route);
  const starts = useMemo(() => {
    const drawn = new Set(layout.stays.map(stay => stay.artifact));
    return startsOf(
      events,
      event =>
        isCardVerb(event.verb) ||
        (event.verb === 'discarded' ? event.inputs : event.outputs).some(
          id => drawn.has(id) || trace.artifacts[id]?.kind === 'capture',
        ),
      hasRoute ? ROUTE_SECONDS + 0.25 : ACT_SECONDS,
    );
  }, [events, layout, trace, hasRoute]);
  const startOf = (event: number) => starts.get(event) ?? 0;
  const isNew = (artifact: ArtifactId, place: Place) =>
    scene.arrived.some(it => it.artifact === artifact && it.place === place);

  const contents = (room: RoomBox) => {
    const place = room.id as Place;
    const tokens = placed.tokens.filter(token => token.stay.place === place);
    return (
      <>
        {room.id === 's3.disk' && tokens.length === 0 && (
          <p className={styles.hint} style={{ left: 14, top: 34, width: room.w - 28 }}>
            nothing of <bdi>{trace.objectName}</bdi> yet
          </p>
        )}
        {room.id === 'network' && (
          <TapRecord
            held={artifactsAt(trace, scene, 'network')}
            artifacts={trace.artifacts}
            box={within(layout.tap, room)}
            isNew={scene.arrived.some(it => it.place === 'network' && trace.artifacts[it.artifact]?.kind === 'capture')}
          />
        )}
        <Suspense fallback={null}>
          {placed.ghosts
            .filter(ghost => ghost.stay.place === place)
            .map(ghost => (
              <Ghost
                key={ghost.stay.id}
                artifact={ghost.artifact}
                box={within(ghost.box, room)}
                isZeroized={ghost.isZeroized}
                delay={startOf(ghost.event)}
                isMotionOff={isMotionOff}
              />
            ))}
        </Suspense>
        {tokens.map(token => (
          <Token
            key={token.stay.id}
            id={token.stay.id}
            artifact={token.artifact}
            artifacts={trace.artifacts}
            place={place}
            placeWords={place === 'client' ? side.place : PLACE_WORDS[place]}
            box={within(token.box, room)}
            {...(token.entry === undefined ? {} : { entry: token.entry })}
            delay={startOf(token.event) + (token.route ? ROUTE_SECONDS - 0.1 : 0)}
            mark={token.mark}
            isExposed={place === 'network' && token.artifact.lock === undefined}
            isSelected={selected === token.artifact.id}
            isMotionOff={isMotionOff}
            onSelect={() => onSelect(token.artifact.id, place)}
            roving={roving(token.stay.id)}
          />
        ))}
        {room.id === 'audit' &&
          lines.map(({ record, box }) => (
            <LogLine
              key={record.id}
              record={record}
              box={within(box, room)}
              isNew={isNew(record.id, 'audit')}
              isSelected={selected === record.id}
              onSelect={() => onSelect(record.id, 'audit')}
              roving={roving(`audit|${record.id}`)}
            />
          ))}
      </>
    );
  };

  return (
    <div className={styles.plan} style={{ height: Math.max(layout.height, cardBox ? bottom(cardBox) + 4 : 0) }}>
      {ROOM_ORDER.flatMap(id => {
        const room = layout.rooms[id];
        if (room === undefined) return [];
        if (id === 's3' || id === 'kms')
          return [<RoomFrame key={id} room={room} isActive={id === 'kms' && active.has('kms.host')} />];
        return [
          <RoomFrame
            key={id}
            room={room}
            isActive={active.has(id)}
            name={id === 'client' ? side.place : PLACE_WORDS[id]}
          >
            {contents(room)}
          </RoomFrame>,
        ];
      })}
      <Connectors
        key={scene.step}
        connectors={connectorsOf(trace, scene, layout)}
        artifacts={trace.artifacts}
        starts={starts}
        width={layout.width}
        height={layout.height}
        isMotionOff={isMotionOff}
      />
      {!isMotionOff &&
        placed.tokens.map(
          token =>
            token.route && (
              <Courier
                key={token.stay.id}
                artifact={token.artifact}
                points={token.route}
                delay={startOf(token.event)}
              />
            ),
        )}
      {cardEvent && cardBox && (
        <Suspense fallback={null}>
          <EventCard
            key={cardEvent.index}
            event={cardEvent}
            box={cardBox}
            delay={startOf(cardEvent.index)}
            isMotionOff={isMotionOff}
          />
        </Suspense>
      )}
    </div>
  );
}

/** In the way of a card: tokens and leftovers, lines of the log, and what the tap shows. */
function cardBoxOf(event: CardEvent, layout: StageLayout, things: readonly Rect[]): Rect | undefined {
  const tap = { ...layout.tap, h: layout.tap.h + 4 };
  return placeCard(layout, event.place, width => cardHeight(event, width), [...things, tap]);
}

function artifactsAt(trace: Trace, scene: Scene, place: Place): Artifact[] {
  return scene.holdings[place].flatMap(id => trace.artifacts[id] ?? []);
}

function logLines(trace: Trace, scene: Scene, layout: StageLayout): { record: Artifact; box: Rect }[] {
  const { log } = layout;
  if (log === undefined) return [];
  const logged = new Set(trace.events.filter(event => event.verb === 'logged').flatMap(event => event.outputs));
  const perRow = log.w < 300 ? 1 : Math.max(1, Math.floor(log.w / 190));
  return artifactsAt(trace, scene, 'audit')
    .filter(record => logged.has(record.id))
    .map((record, position) => ({
      record,
      box: {
        x: log.x + ((position % perRow) * log.w) / perRow,
        y: log.y + Math.floor(position / perRow) * 24,
        w: log.w / perRow,
        h: 24,
      },
    }));
}

function within(box: Rect, room: Rect): Rect {
  return { ...box, x: box.x - room.x, y: box.y - room.y };
}
