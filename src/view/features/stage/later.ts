/** What only later steps show: not among the first things that the page loads. */
export { EventCard } from './EventCard.tsx';
export { Ghost } from './Ghost.tsx';
