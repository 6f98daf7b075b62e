/** Regions of AWS, as numbers behind what they have in common. */
const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  'af-south': [1],
  'ap-east': [1, 2],
  'ap-northeast': [1, 2, 3],
  'ap-south': [1, 2],
  'ap-southeast': [1, 2, 3, 4, 5, 6, 7],
  'ca-central': [1],
  'ca-west': [1],
  'cn-north': [1],
  'cn-northwest': [1],
  'eu-central': [1, 2],
  'eu-north': [1],
  'eu-south': [1, 2],
  'eu-west': [1, 2, 3],
  'il-central': [1],
  'me-central': [1],
  'me-south': [1],
  'mx-central': [1],
  'sa-east': [1],
  'us-east': [1, 2],
  'us-gov-east': [1],
  'us-gov-west': [1],
  'us-west': [1, 2],
};
const REGIONS = new Set(
  Object.entries(NUMBERS).flatMap(([name, numbers]) => numbers.map(number => `${name}-${number}`)),
);

/** Whether there is such a Region. @param own the one that is played, which may be younger than the list */
export function isRegion(name: string, own: string): boolean {
  return name === own || REGIONS.has(name);
}
