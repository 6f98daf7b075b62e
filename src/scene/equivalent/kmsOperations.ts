/** What AWS KMS can be asked. Source: service model of AWS KMS. */
export const KMS_OPERATIONS: ReadonlySet<string> = new Set(
  (
    'CancelKeyDeletion ConnectCustomKeyStore CreateAlias CreateCustomKeyStore CreateGrant CreateKey Decrypt DeleteAlias ' +
    'DeleteCustomKeyStore DeleteImportedKeyMaterial DeriveSharedSecret DescribeCustomKeyStores DescribeKey DisableKey ' +
    'DisableKeyRotation DisconnectCustomKeyStore EnableKey EnableKeyRotation Encrypt GenerateDataKey GenerateDataKeyPair ' +
    'GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac GenerateRandom GetKeyPolicy ' +
    'GetKeyRotationStatus GetParametersForImport GetPublicKey ImportKeyMaterial ListAliases ListGrants ListKeyPolicies ' +
    'ListKeyRotations ListKeys ListResourceTags ListRetirableGrants PutKeyPolicy ReEncrypt ReplicateKey RetireGrant ' +
    'RevokeGrant RotateKeyOnDemand ScheduleKeyDeletion Sign TagResource UntagResource UpdateAlias UpdateCustomKeyStore ' +
    'UpdateKeyDescription UpdatePrimaryRegion Verify VerifyMac'
  ).split(' '),
);

/** Members that are bytes, and the file a command reads them from. */
export const KMS_BYTES: ReadonlyMap<string, string> = new Map([
  ['CiphertextBlob', 'encrypted-data-key.bin'],
  ['Mac', 'mac.bin'],
  ['Signature', 'signature.bin'],
  ['PublicKey', 'public-key.der'],
  ['ImportToken', 'import-token.bin'],
  ['EncryptedKeyMaterial', 'encrypted-key-material.bin'],
]);

/** Bytes that may be secret: a command reads them from the learner's own file and does not show them. */
export const KMS_SECRET_BYTES: ReadonlyMap<string, string> = new Map([
  ['Plaintext', 'plaintext.bin'],
  ['Message', 'message.bin'],
]);
/** Text that may be secret: the same. */
export const KMS_SECRET_TEXT: ReadonlySet<string> = new Set(['KeyStorePassword', 'XksProxyAuthenticationCredential']);
