import { type Cloud, createLabCloud, type Mode, PRINCIPALS } from '../engine/index.ts';
import type { EndpointUser } from './users.ts';

/** Amazon's side of a run of the page, and the people of that run: the owner first. */
export async function openLab(
  mode: Mode,
  seed: string,
): Promise<{ readonly cloud: Cloud; readonly users: readonly EndpointUser[] }> {
  const { cloud, people } = await createLabCloud(mode, seed);
  const users = PRINCIPALS.map((name): EndpointUser => {
    const principal = people[name];
    return { principal, email: `${principal.name}@example.com` };
  });
  return { cloud, users };
}
