// On its own, so that the animations come after the first stage.
export { domAnimation } from 'framer-motion';
