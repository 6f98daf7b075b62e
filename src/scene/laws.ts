/** The laws every trace keeps, as checks that answer with the violations in words. */
export { checkConserved } from './conserved.ts';
export { checkSecret } from './secret.ts';
