import { aliasOperations } from './aliases.ts';
import { asymmetricOperations } from './asymmetric.ts';
import { dataKeyPairOperations } from './dataKeyPairs.ts';
import { dataKeyOperations } from './dataKeys.ts';
import { encryptOperations } from './encrypt.ts';
import { generateRandom } from './generateRandom.ts';
import { grantOperations } from './grants.ts';
import { importOperations } from './imports.ts';
import { keyOperations } from './keys.ts';
import { macOperations } from './mac.ts';
import type { Operation } from './operation.ts';
import { policyOperations } from './policies.ts';
import { rotationOperations } from './rotation.ts';
import { tagOperations } from './tags.ts';

/** Every operation of KMS that is offered, by name. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  [
    ...dataKeyOperations,
    ...encryptOperations,
    generateRandom,
    ...dataKeyPairOperations,
    ...macOperations,
    ...asymmetricOperations,
    ...keyOperations,
    ...aliasOperations,
    ...policyOperations,
    ...tagOperations,
    ...grantOperations,
    ...rotationOperations,
    ...importOperations,
  ].map(operation => [operation.name, operation]),
);
