// On its own, so that the animations come after the first stage.
export { domMin } from 'framer-motion';
