import { useEffect, useMemo, useRef, useState } from 'react';
import { EXPERIMENT_TEXTS } from '../../../content/experiments/all.ts';
import type { ExperimentText } from '../../../content/experiments/text.ts';
import { EXPERIMENT_PLANS, type ExperimentPlan } from '../../../engine/index.ts';
import type { WorkspaceProps } from '../../workspace/workspace.ts';
import { catalogOf, nextOf } from './catalog.ts';
import { ExperimentFlow } from './ExperimentFlow.tsx';
import { ExperimentList } from './ExperimentList.tsx';
import { findStorage, forgetPlayed, type Played, type PlayedStorage, readPlayed, writePlayed } from './played.ts';

interface ExperimentsProps extends WorkspaceProps {
  readonly plans?: readonly ExperimentPlan[];
  readonly texts?: Readonly<Record<string, ExperimentText>>;
  readonly storage?: PlayedStorage | undefined;
}

/** Change one thing, predict, run, understand: the list of experiments, or one of them. */
export function Experiments({
  plans = EXPERIMENT_PLANS,
  texts = EXPERIMENT_TEXTS,
  storage: given,
  ...page
}: ExperimentsProps) {
  const { params, setParams } = page;
  const [storage] = useState(() => given ?? findStorage());
  const [played, setPlayed] = useState(() => readPlayed(storage));
  const catalog = useMemo(() => catalogOf(plans, texts), [plans, texts]);
  const { id } = params;
  const experiment = catalog.find(({ plan }) => plan.id === id);
  const openId = experiment?.plan.id;
  const lastId = useRef<string>(undefined);
  useEffect(() => {
    if (openId !== undefined) lastId.current = openId;
  }, [openId]);

  if (experiment) {
    const keep = (entry: Played) => {
      writePlayed(storage, experiment.plan.id, entry);
      setPlayed({ ...played, [experiment.plan.id]: entry });
    };
    return (
      <ExperimentFlow
        key={experiment.plan.id}
        experiment={experiment}
        next={nextOf(catalog, experiment.plan.id, played)}
        page={page}
        former={played[experiment.plan.id]}
        onPlayed={keep}
      />
    );
  }
  return (
    <ExperimentList
      catalog={catalog}
      played={played}
      params={params}
      setParams={setParams}
      {...(id === undefined ? {} : { unknown: id })}
      lastId={lastId}
      onForget={() => {
        forgetPlayed(storage);
        setPlayed({});
      }}
    />
  );
}
