/** Signature Version 4: the only door of this folder. Both ends use it: the client signs, the services compute the same again. */
export { type Credentials, canonicalRequest, type SigningScope, stringToSign } from './canonical.ts';
export { checkFormSignature } from './checkForm.ts';
export { type CheckedSignature, type CheckScope, checkSignature, type SignatureCheck } from './checkSignature.ts';
export { SIGNATURE_REFUSALS, signatureMismatch, UNSIGNED_REFUSALS } from './refusals.ts';
export { presign, signForm, signRequest } from './sign.ts';
export { verifyChunks } from './verifyChunks.ts';
