import type { ExperimentText } from './text.ts';

/** Words for experiments about what becomes of objects when their KMS key is disabled or goes. */
export const KEY_STATE_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'key-disabled': {
    title: 'The KMS key is disabled',
    line: 'An administrator disables the key; you open an object from before.',
    situation:
      'Your object lies under a customer managed key, and you may use both. You could open it a moment ago. Now an administrator disables the KMS key, and you download again.',
    question: 'What do you get?',
    options: {
      forbidden: {
        text: '403 `AccessDenied`: you may no longer',
        refutes:
          'A key that does not open looks like a missing permission. But your permissions are as they were: KMS found that you may, and stopped at the state of the key.',
      },
      opens: {
        text: 'The object: only new uploads fail',
        refutes:
          'The object has its data key beside it, but locked under the KMS key. S3 kept no open copy, so each download needs KMS.',
      },
      disabled: { text: '400 `KMS.DisabledException`' },
      hidden: {
        text: '404: without its key the object is hidden',
        refutes: 'The ciphertext lies where it lay. S3 found it and read its encrypted data key before KMS refused.',
      },
    },
    why: 'A disabled key is often expected to give 403. It does not: 403 means that somebody is not permitted, 400 `KMS.DisabledException` that nobody can at the moment. In the run the policies allowed the call and the state of the key settled it. With real AWS it may take a moment until the change is felt everywhere.',
    rule: '403 asks “who are you?”, 400 with `KMS.` asks “what is wrong with the key?”.',
    fix: 'Enable the key again, and download.',
    fixed: 'The same request opens the object: nothing was lost while the key was disabled.',
    facts: ['F-KSM-083', 'F-ERR-045', 'F-KMS-061', 'F-KMS-069'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['KMS keys'],
  },
  'deletion-scheduled': {
    title: 'Seven days to go',
    line: 'A key’s deletion is scheduled; somebody downloads the same minute.',
    situation:
      'An administrator schedules the deletion of the KMS key with the shortest waiting period, seven days. In the same minute they download an object that lies under it.',
    question: 'What happens to this download?',
    options: {
      'seven-days': {
        text: 'It works until the seven days are over',
        refutes:
          'It seems fair that the waiting period is a period of grace. But it is there to find out who still needs the key, and nobody would notice if everything went on as before.',
      },
      'at-once': { text: '400 `KMS.KMSInvalidStateException` at once' },
      forbidden: {
        text: '403 `AccessDenied` for everybody',
        refutes: 'No policy has changed. KMS allowed the caller, and stopped at the state of the key.',
      },
      gone: {
        text: '400 `KMS.NotFoundException`: it is gone',
        refutes:
          'The key is still there, with all its material. It only may not be used, and the deletion can be called off.',
      },
    },
    why: 'Two beliefs meet here, and both are wrong: that a key can be deleted at once, and that it works until it is. AWS waits 7 to 30 days, and during all that time the key does nothing. In the run the very next download found it pending deletion.',
    rule: 'The waiting period is a fire drill: everything that still needs the key fails now, while you can go back.',
    fix: 'Call the deletion off, enable the key, and download.',
    fixed: 'The object opens again. Calling the deletion off was not enough by itself: the key had to be enabled too.',
    facts: ['F-KSM-084', 'F-ERR-046', 'F-KMS-066', 'F-KMS-067'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['KMS keys'],
  },
  'deletion-cancelled': {
    title: 'The deletion is called off',
    line: 'Two days into the waiting period somebody changes their mind.',
    situation:
      'The deletion of the KMS key was scheduled two days ago. Now an administrator calls CancelKeyDeletion, which answers 200, and downloads an object that lies under the key.',
    question: 'What does the download get?',
    options: {
      disabled: { text: '400 `KMS.DisabledException` for now' },
      opens: {
        text: 'The object: all is as it was before',
        refutes:
          'To cancel sounds like to undo. But KMS does not put the key back to work by itself: whoever wants it enabled has to say so.',
      },
      pending: {
        text: '400 `KMS.KMSInvalidStateException` for a while',
        refutes:
          'The key is no longer pending deletion; that changed with the call. It changed to another state that does not open either.',
      },
    },
    why: 'Cancelling a deletion does not bring back the state from before. The run shows the key leaving “pending deletion” and being found disabled by the next call. That is deliberate: it leaves you time to look before the key works again.',
    rule: 'CancelKeyDeletion is half of the way back; EnableKey is the other half.',
    fix: 'Enable the key, and download once more.',
    fixed: 'The object opens. Its bytes and its encrypted data key were never touched.',
    facts: ['F-KMS-068', 'F-KMS-061', 'F-ERR-045'],
    exams: ['DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['KMS keys'],
  },
  'deletion-carried-out': {
    title: 'After the waiting period',
    line: 'The seven days are over; you ask for an object under that key.',
    situation:
      'The deletion of the KMS key was scheduled with seven days, and nobody called it off. Eight days have passed. Your permissions are complete, and you download the object.',
    question: 'What does S3 answer?',
    options: {
      'object-gone': {
        text: '404 `NoSuchKey`: it went with its key',
        refutes:
          'Nobody deleted the object. It still lies on the disks, is listed and costs money; HEAD would still describe it.',
      },
      pending: {
        text: '400 `KMS.KMSInvalidStateException`',
        refutes: 'That was true until yesterday. A key that is gone has no state any more.',
      },
      'no-key': { text: '403 `AccessDenied`: KMS knows no such key' },
      ciphertext: {
        text: '200, with the ciphertext as it lies there',
        refutes: 'S3 never hands out its own ciphertext. What it cannot decrypt, it does not deliver.',
      },
    },
    why: 'Some hope that AWS keeps a copy for emergencies. It does not: the run shows the key’s last exported token being overwritten, and with it the only way into the data key. The object is whole and unreadable for ever. AWS does not document how S3 words the answer for a key that is gone; this one is our reading.',
    rule: 'Deleting a KMS key deletes everything under it; disable it instead, for as long as you are not sure.',
    facts: ['F-KSM-084', 'F-KMS-067', 'F-KMS-069', 'F-ERR-088'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['KMS keys'],
  },
  'change-key-delete-old': {
    title: '“We moved to a new key”',
    line: 'The default names a new key, so the old one is to be deleted.',
    situation:
      'The bucket’s default was changed to a second KMS key, new uploads go there, and you may use both. So an administrator schedules the deletion of the first key. Now you open an object from before.',
    question: 'What does the download of the old object get?',
    options: {
      moved: {
        text: 'The object: it moved with the default',
        refutes:
          'Changing the default feels like moving house. But only new objects go to the new key; what was there stays under the key that locked it.',
      },
      'key-state': { text: '400 `KMS.KMSInvalidStateException`' },
      forbidden: {
        text: '403 `AccessDenied`: the old key lets nobody in',
        refutes: 'You may use both keys, and KMS said so. It stopped at the state of the old one.',
      },
      'not-found': {
        text: '400 `KMS.NotFoundException`',
        refutes: 'The old key still exists, for as long as its waiting period lasts. That is your chance to notice.',
      },
    },
    why: '“We changed the key” is true of the bucket’s rule and wrong for every object that was there. The run shows S3 sending the old encrypted data key to KMS, which finds the first key’s id inside the blob itself. The new key could not open it, whoever asks.',
    rule: 'Before you delete a key, move what lies under it; the default moves nothing.',
    fix: 'Call the deletion off, enable the key, move the object with UpdateObjectEncryption, and delete then.',
    fixed:
      'The old key is pending deletion again, and the object opens all the same: its data key is wrapped under the new one.',
    facts: ['F-BKT-009', 'F-KSM-084', 'F-KSM-013', 'F-UOE-001'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03', 'SAP-C02'],
    topics: ['KMS keys', 'bucket defaults', 'rotation'],
  },
  'disabling-takes-time': {
    title: 'Disabled, with a Bucket Key at hand',
    line: 'The KMS key is disabled a moment after an object was opened.',
    situation:
      'The bucket uses a Bucket Key. You have just downloaded an object, for which S3 had KMS open the bucket-level key. Now an administrator disables the KMS key, and you download once more.',
    setup: 'In our model S3 keeps a bucket-level key for 300 seconds. AWS does not say for how long it does.',
    question: 'What happens to the second download?',
    options: {
      'at-once': {
        text: '400 `KMS.DisabledException`: KMS refuses',
        refutes:
          'KMS would refuse, if it were asked. With a Bucket Key many requests go by without asking, which is what it is for.',
      },
      'kms-opens': {
        text: 'It works: KMS still opens older data keys',
        refutes: 'A disabled key opens nothing, new or old. KMS was not asked here at all.',
      },
      'without-kms': { text: 'It works: S3 does not ask KMS this time' },
    },
    why: 'That disabling a key shuts its objects at that instant is too simple. The run shows S3 finding the bucket-level key that it still holds, and opening the object with it. This follows from what a Bucket Key is, but AWS does not describe it: how long it lasts is our model.',
    rule: 'Disabling a KMS key works soon, not at once; to shut somebody out this second, deny it in S3.',
    fix: 'Wait ten minutes, longer than S3 keeps the bucket-level key in our model, and download.',
    fixed:
      'S3 has no bucket-level key at hand and must ask KMS, which refuses with 400 `KMS.DisabledException`: now the key is shut for this object too.',
    facts: ['F-BKY-012', 'F-BKY-007', 'F-KSM-023', 'F-KSM-083', 'F-SIM-011'],
    exams: ['SOA-C03', 'SCS-C03'],
    topics: ['KMS keys', 'Bucket Keys'],
  },
};
