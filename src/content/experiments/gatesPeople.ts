import type { ExperimentText } from './text.ts';

/** People, and what their rights are worth. */
export const PEOPLE_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'cross-account-aws-s3': {
    title: 'Another account, and aws/s3',
    line: 'A partner account reads an object under the AWS managed key.',
    situation:
      'Your report is encrypted with `aws/s3`. Your bucket policy admits a user of another account, and over there an IAM policy allows them everything in S3 and KMS.',
    question: 'The user of the other account downloads. What happens?',
    options: {
      opens: {
        text: '200: both accounts allow everything that is needed',
        refutes:
          'You opened the bucket, and they opened their own side. The policy of `aws/s3` is neither yours nor theirs.',
      },
      'key-policy': { text: '403 at the KMS gate: the key’s policy admits no other account' },
      's3-gate': {
        text: '403 at the S3 gate: the bucket policy needs one more statement',
        refutes: 'The bucket policy did its work, and the S3 gate opened. No statement in it can open a gate of KMS.',
      },
      'own-account': {
        text: '403 at the KMS gate: their own IAM policy lacks `kms:Decrypt`',
        refutes:
          'A good guess across accounts, but here their policy allows all of KMS. It helps nothing as long as the key’s side says no.',
      },
    },
    why: 'The policy of `aws/s3` is written by AWS: it admits principals of your own account, through S3, and nobody else. You cannot change it. The belief that one more statement somewhere will do is wrong; under this key an object cannot be shared with another account at all.',
    rule: 'Whatever another account is to read goes under a customer managed key, because only that key’s policy is yours to open.',
    fix: 'Open a customer managed key for them, and have S3 copy the report onto itself under that key.',
    fixed:
      'The copy replaced the object’s data key and its lock. Key policy and their own IAM policy both allowed `kms:Decrypt`, and the report opened.',
    facts: ['F-KSM-035', 'F-KSM-037', 'F-ERR-050'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03', 'SAP-C02'],
    topics: ['sharing', 'permissions', 'KMS keys'],
  },
  'cross-account-customer-key': {
    title: 'Another account, and your own key',
    line: 'A partner account reads an object under a customer managed key that you opened for it.',
    situation:
      'Your bucket policy admits a user of another account, and so does your key’s policy: `kms:Decrypt`. Over there their IAM policy allows `s3:GetObject`, and nothing in KMS.',
    setup:
      'Before this, with the bucket policy alone, KMS refused because nothing in the key policy admits the other account. Then you added them there.',
    question: 'The user of the other account downloads. What happens?',
    options: {
      'own-account': { text: '403 at the KMS gate: no policy of their own allows `kms:Decrypt`' },
      opens: {
        text: '200: the key policy names them, that is enough',
        refutes:
          'Within one account it would be: a key policy that names a user admits them. Across accounts the user’s own account must agree as well.',
      },
      's3-gate': {
        text: '403 at the S3 gate: `s3:GetObject` must be allowed twice',
        refutes: 'It must, and it is: once in your bucket policy, once in their IAM policy. The S3 gate opened.',
      },
      'key-policy': {
        text: '403 at the KMS gate: the key’s policy does not admit them',
        refutes: 'That was so a moment ago. You have added them since, and this half of the answer is now yes.',
      },
    },
    why: 'Across accounts each gate wants two yeses: one from the owner of the thing, one from the caller’s own account. S3 had both. KMS had only yours, so it refused. The belief that the bucket policy alone shares an object is wrong, and so is the belief that the key policy completes it: it takes **two more** permissions, one on each side.',
    rule: 'Count four for a reader in another account: bucket policy, their S3 policy, key policy, their KMS policy.',
    fix: 'Their administrator adds `kms:Decrypt` on your key’s ARN to their IAM policy.',
    fixed: 'All four permissions stood, and the report opened.',
    facts: ['F-KSM-064', 'F-KMS-073'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03', 'SAP-C02'],
    topics: ['sharing', 'permissions', 'policies'],
  },
  'i-am-administrator': {
    title: 'AdministratorAccess, and a strict key',
    line: 'Somebody who may do everything reads under a key whose policy names one user.',
    situation:
      'The policy of your customer managed key names you, and only you: the usual statement for the account is gone. A colleague with AdministratorAccess downloads your report.',
    setup: 'The key policy has one statement, `OwnerAlone`. The report was uploaded before, under this key.',
    question: 'What does the administrator get?',
    options: {
      opens: {
        text: '200 and the report: AdministratorAccess allows every action',
        refutes:
          'It allows every action where IAM is asked. For a KMS key, IAM counts only if the key’s policy leaves it to the account.',
      },
      'no-such-key': {
        text: '400 `KMS.NotFoundException`: the key is hidden from them',
        refutes:
          'A key that exists is not hidden from its own account. The answer is a refusal, with the action in it.',
      },
      's3-gate': {
        text: '403 from the gate of S3: the object belongs to you alone',
        refutes: 'In S3 AdministratorAccess does what you expect, and the S3 gate opened. The second gate did not.',
      },
      'key-policy': { text: '403 from the gate of KMS: the key policy does not admit them' },
    },
    why: 'KMS looks into the key’s policy first. It found no statement for the administrator, and none that delegates to the account, so their IAM policy was not even worth reading. The belief that an administrator may do everything is wrong for KMS keys. (Whoever writes such a policy can lock everybody out, themselves included.)',
    rule: 'IAM policies count for a KMS key only where the key policy delegates to the account.',
    fix: 'You, whom the key policy names, put the statement for the account back.',
    fixed: 'Now the key policy leaves it to the account, AdministratorAccess counts, and the report opens.',
    facts: ['F-KMS-072', 'F-KMS-070'],
    exams: ['SAA-C03', 'SOA-C03', 'SCS-C03'],
    topics: ['permissions', 'policies', 'KMS keys'],
  },
  'leaked-access-key': {
    title: 'An access key leaks',
    line: 'A thief uses your application’s credentials on an encrypted object.',
    situation:
      'Your application has uploaded a report with SSE-S3: on the disks lies nothing but ciphertext. Then its access key leaks, and a thief downloads with it.',
    question: 'What does the thief get?',
    options: {
      ciphertext: {
        text: '200 and the ciphertext: the object is encrypted at rest',
        refutes:
          'At rest it is, and a stolen disk would show no more. But the thief does not steal a disk, they ask S3, and S3 decrypts for whoever it lets in.',
      },
      plaintext: { text: '200 and the report, decrypted by S3 for them' },
      's3-gate': {
        text: '403 from the gate of S3: they are not the application',
        refutes:
          'S3 knows people by their signature. The leaked key makes the right one, and no policy here asks for more.',
      },
      'kms-gate': {
        text: '403 from the gate of KMS: they have no right on the key',
        refutes: 'SSE-S3 has no such gate: S3 opens the data key itself and never asks KMS.',
      },
    },
    why: 'To S3 the thief is your application. It checked the signature, allowed `s3:GetObject`, unlocked the data key and sent plaintext. “It is encrypted, so a leaked key does no harm” is wrong: encryption at rest protects disks, not answers to authorised requests. A customer managed key alone changes nothing here, for the access key brings all its user’s rights, `kms:Decrypt` included.',
    rule: 'Server-side encryption is as tight as the rights of whoever asks: give each user only what they need, and deactivate leaked keys.',
    fix: 'Put the report under your customer managed key, and leave the application only what uploads need: `kms:GenerateDataKey`.',
    fixed:
      'Same thief, same access key: the S3 gate opened, the KMS gate did not. What the application is not allowed to read, its leaked key does not read either.',
    facts: ['F-S3M-023', 'F-GEN-001', 'F-KSM-051', 'F-KMS-077'],
    exams: ['SAA-C03', 'SCS-C03'],
    topics: ['permissions', 'KMS keys'],
  },
  'anonymous-read': {
    title: 'A public bucket',
    line: 'Somebody without credentials reads two objects that everybody may read.',
    situation:
      'Your bucket policy lets everybody read, and nothing blocks public access. `open.txt` lies there under SSE-S3, the report under SSE-KMS. Somebody without credentials opened the first.',
    setup: 'Block Public Access was removed from the bucket before the policy was put.',
    question: 'Now they ask for the report under SSE-KMS. What happens?',
    options: {
      opens: {
        text: '200: the policy lets everybody read, whatever the encryption',
        refutes:
          'For SSE-S3 that is how it went. Under SSE-KMS S3 must ask KMS in somebody’s name, and here there is nobody.',
      },
      'not-signed': { text: '400 `InvalidArgument`: such requests must be signed' },
      's3-gate': {
        text: '403 `AccessDenied`: S3 never lets the public at KMS objects',
        refutes: 'Refused, but not as a matter of policy: the request has the wrong form. The status tells them apart.',
      },
      'kms-gate': {
        text: '403 `AccessDenied`: KMS does not admit the public',
        refutes:
          'The question never got that far. Without a signature S3 has no name to give to KMS, so it does not ask.',
      },
    },
    why: 'KMS must know on whose behalf a data key is opened, so S3 takes requests about KMS objects only with a Signature Version 4. The error speaks of the signature, not of permissions. The belief that a public policy makes all objects public is wrong: those under KMS stay shut for anybody who does not sign, static websites included.',
    rule: 'What the public is to read goes under SSE-S3; for anything else somebody with rights signs a link.',
    fix: 'Sign a link to the report yourself, and let them follow it.',
    fixed: 'The link carries your signature. S3 asked KMS in your name, and whoever has the link gets the report.',
    facts: ['F-KSM-061', 'F-KSM-060', 'F-ERR-034', 'F-PRE-003'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['sharing', 'permissions', 'policies'],
  },
  'admin-under-sse-s3': {
    title: 'The S3 administrator and SSE-S3',
    line: 'Somebody with all rights in S3 and none in KMS reads under SSE-S3.',
    situation:
      'You upload a report with SSE-S3. Your S3 administrator looks after the bucket: everything in S3 is allowed to them, nothing in KMS. They download the report.',
    question: 'What does the administrator get?',
    options: {
      plaintext: { text: '200 and the report; KMS is not asked at all' },
      'kms-gate': {
        text: '403 from the gate of KMS: they have no right on any key',
        refutes:
          'Under SSE-S3 no KMS key of yours takes part. S3 keeps the root key itself, and there is one gate only.',
      },
      ciphertext: {
        text: '200 and the ciphertext: they run storage, not keys',
        refutes: 'S3 does not serve its own ciphertext. Whoever passes the gate gets the object decrypted.',
      },
      's3-gate': {
        text: '403 from the gate of S3: the object is yours',
        refutes: 'Their policy allows every S3 action on the bucket. Encryption adds no owner to an object.',
      },
    },
    why: 'SSE-S3 decrypts for everybody whom the S3 gate lets in. There is no second right to withhold, so whoever may read the bucket reads plaintext. The belief that encryption keeps administrators out is wrong for this mode.',
    rule: 'SSE-S3 separates no roles: `s3:GetObject` is the right to read.',
    fix: 'Have S3 copy the report onto itself under your customer managed key. Then the administrator tries again.',
    fixed: 'Now there is a second gate, and it stayed shut: 403, for want of `kms:Decrypt`.',
    facts: ['F-S3M-020', 'F-S3M-023'],
    exams: ['SAA-C03', 'SCS-C03', 'CLF-C02'],
    topics: ['permissions'],
  },
  'admin-under-aws-s3': {
    title: 'The S3 administrator and aws/s3',
    line: 'Somebody with all rights in S3 and none in KMS reads under the AWS managed key.',
    situation:
      'You upload a report with SSE-KMS and name no key, so `aws/s3` locks it. Your S3 administrator has all of S3 and not one KMS action in their IAM policy. They download.',
    question: 'What does the administrator get?',
    options: {
      'kms-gate': {
        text: '403 from the gate of KMS: nothing allows them `kms:Decrypt`',
        refutes:
          'Their IAM policy does not, and with a key of yours that would settle it. The policy of `aws/s3` allows it to everybody in the account who comes through S3.',
      },
      'kms-admits': { text: '200 and the report; KMS is asked and says yes' },
      'kms-is-not-asked': {
        text: '200 and the report; S3 has `aws/s3` and does not ask',
        refutes: 'The key has S3 in its name, but it lies in KMS like all others. S3 asked, and KMS wrote it down.',
      },
      's3-gate': {
        text: '403 from the gate of S3: KMS objects need more S3 rights',
        refutes: 'There is no S3 action for encrypted objects. `s3:GetObject` was asked for, and allowed.',
      },
    },
    why: 'The second gate was there and let them pass: the key policy of `aws/s3`, which AWS writes, admits every principal of your account as long as the call comes through S3. “SSE-KMS means separated roles” is wrong for the AWS managed key. What you gain over SSE-S3 is the record of each use.',
    rule: 'Under `aws/s3` S3 permission is practically enough; roles are separated by a customer managed key only.',
    fix: 'Have S3 copy the report onto itself under your customer managed key. Then the administrator tries again.',
    fixed: '403: this key’s policy leaves it to IAM, and there they have no `kms:Decrypt`.',
    facts: ['F-KSM-035', 'F-KSM-036', 'F-CT-003'],
    exams: ['SAA-C03', 'SCS-C03'],
    topics: ['permissions', 'KMS keys', 'audit'],
  },
  'admin-under-customer-key': {
    title: 'The S3 administrator and your key',
    line: 'Somebody with all rights in S3 and none in KMS reads under a customer managed key.',
    situation:
      'Your report lies under your customer managed key; its policy leaves decisions to IAM. Your S3 administrator has all of S3 and nothing in KMS. They download the report.',
    question: 'What does the administrator get?',
    options: {
      plaintext: {
        text: '200 and the report: who may do all in S3 may read all',
        refutes: 'Under SSE-S3 and `aws/s3` that was so. Here the data key opens for those only whom your key admits.',
      },
      ciphertext: {
        text: '200 and the ciphertext: they may fetch, not decrypt',
        refutes: 'A natural picture, but S3 does not hand out its own ciphertext. It decrypts, or it refuses.',
      },
      'kms-gate': { text: '403 from the gate of KMS: they have no `kms:Decrypt`' },
      's3-gate': {
        text: '403 from the gate of S3: the bucket is closed to them',
        refutes: 'They may do everything with the bucket, and its gate opened. The message names a KMS action.',
      },
    },
    why: 'The S3 gate opened, the KMS gate did not: storage and keys are in different hands. This is **role separation**, and it holds as long as the administrator can change neither the key’s policy nor their own IAM policy. It keeps them from reading, not from deleting or overwriting, which need S3 rights only.',
    rule: 'To keep storage administrators from reading, use a customer managed key and give them no right on it.',
    fix: 'They need to look into the report once. Give them a grant for `Decrypt` on the key.',
    fixed: 'A grant admits without touching any policy, and can be revoked when the work is done.',
    facts: ['F-KMS-077', 'F-KSM-063', 'F-KMS-074'],
    exams: ['SAA-C03', 'SCS-C03', 'SAP-C02'],
    topics: ['permissions', 'KMS keys'],
  },
  'presigned-signer-loses-decrypt': {
    title: 'A signed link, some time later',
    line: 'A link is still good, but its signer’s rights have changed.',
    situation:
      'You signed a link to your report under SSE-KMS, good for an hour, and somebody has used it. Then your policy lost `kms:Decrypt`. The hour is not over.',
    question: 'They follow the same link again. What happens?',
    options: {
      opens: {
        text: '200: the link was signed while you had all rights',
        refutes:
          'It feels like a ticket that has been paid for. A signature proves who asks; whether they may is decided anew each time.',
      },
      signature: {
        text: '403 `SignatureDoesNotMatch`: your change voids the link',
        refutes:
          'The signature is made with your secret key, and that is the same. S3 computed it again, and it fitted.',
      },
      'kms-gate': { text: '403 `AccessDenied`: KMS asks about you, and you lack the right' },
      's3-gate': {
        text: '403 `AccessDenied` from S3: they have no S3 rights themselves',
        refutes:
          'They need none: whoever follows the link asks as you. Your `s3:GetObject` still stands, and the S3 gate opened.',
      },
    },
    why: 'A link carries your signature, not your permissions. S3 took the request as yours, asked KMS in your name, and at that moment you had no `kms:Decrypt`. The belief that a link freezes the rights of its signer is wrong: it is as good as its signer is when it is used.',
    rule: 'A presigned URL works while it has not expired and its signer still has every right it needs, in S3 and in KMS.',
    fix: 'Give yourself `kms:Decrypt` back.',
    fixed: 'The very same link opened the report again.',
    facts: ['F-PRE-003', 'F-PRE-001', 'F-ERR-049'],
    exams: ['DVA-C02', 'SCS-C03', 'SAA-C03'],
    topics: ['sharing', 'permissions'],
  },
};
